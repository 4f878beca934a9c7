import type { S3BatchResult } from 'aws-lambda';
import { Exclude } from 'class-transformer';
import { OnEvent } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, RequestId } from '../../src/decorators/parameters.js';
import {
  BadRequestException,
  NotFoundException,
  RequestTimeoutException,
  ServiceUnavailableException,
  TooManyRequestsException,
} from '../../src/errors/exceptions.js';
import { isS3BatchTask, type S3BatchTask } from '../../src/events/s3-batch.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

const AWS_SAMPLE = {
  invocationSchemaVersion: '1.0',
  invocationId: 'YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo',
  job: { id: 'f3cc4f60-61f6-4a2b-8a21-d07600c373ce' },
  tasks: [
    {
      taskId: 'dGFza2lkZ29lc2hlcmUK',
      s3Key: 'customerImage1.jpg',
      s3VersionId: '1',
      s3BucketArn: 'arn:aws:s3:us-east-1:0123456788:examplebucket',
    },
  ],
};

/** Runs a task with a method that does `work`. */
async function run(event: object, work: (task: S3BatchTask, id: string) => unknown): Promise<S3BatchResult> {
  @Injectable()
  class Tasks {
    @OnEvent(isS3BatchTask()) handle(@Body() task: S3BatchTask, @RequestId() id: string) {
      return work(task, id);
    }
  }
  return (await createApp({ providers: [Tasks] }).handler(event, fakeContext())) as S3BatchResult;
}

test.each([
  ['an error', new Error('Too large')],
  ['results of which one is rejected', [{ status: 'rejected', reason: 'Too large' }]],
])('a task whose method returns %s is tried again, and not reported as done', async (_, value) => {
  expect((await run(AWS_SAMPLE, () => value)).results).toEqual([
    expect.objectContaining({ resultCode: 'TemporaryFailure' }),
  ]);
});

test('a task has the object, decoded, and its result is in the report', async () => {
  const seen: unknown[] = [];
  const result = await run(AWS_SAMPLE, (task, id) => {
    seen.push(task, id);
    return 'resized';
  });
  expect(seen).toEqual([
    {
      bucket: 'examplebucket',
      key: 'customerImage1.jpg',
      versionId: '1',
      jobId: 'f3cc4f60-61f6-4a2b-8a21-d07600c373ce',
    },
    'dGFza2lkZ29lc2hlcmUK',
  ]);
  expect(result).toEqual({
    invocationSchemaVersion: '1.0',
    treatMissingKeysAs: 'TemporaryFailure',
    invocationId: AWS_SAMPLE.invocationId,
    results: [{ taskId: 'dGFza2lkZ29lc2hlcmUK', resultCode: 'Succeeded', resultString: 'resized' }],
  });
});

test('both versions of the schema give the same content, and keys are decoded', async () => {
  const seen: unknown[] = [];
  const take = (task: S3BatchTask) => void seen.push(task);
  await run(events.s3Batch({ bucket: 'photos', key: 'a b/ü+%.jpg' }), take);
  const second = await run(
    events.s3Batch({ bucket: 'photos', key: 'a b/ü+%.jpg', userArguments: { size: '1' } }),
    take,
  );
  expect(seen).toEqual([
    { bucket: 'photos', key: 'a b/ü+%.jpg', jobId: expect.any(String) },
    { bucket: 'photos', key: 'a b/ü+%.jpg', jobId: expect.any(String), userArguments: { size: '1' } },
  ]);
  expect(second.invocationSchemaVersion).toBe('2.0');
});

test('members that @Exclude() hides are not in the report', async () => {
  class Photo {
    name = 'a.jpg';
    @Exclude() token = 'secret';
  }
  expect((await run(AWS_SAMPLE, () => new Photo())).results[0]!.resultString).toBe('{"name":"a.jpg"}');
});

test.each([
  [undefined, ''],
  [null, ''],
  ['', ''],
  ['text', 'text'],
  [{ width: 10 }, '{"width":10}'],
  [7, '7'],
  ['x'.repeat(5000), expect.stringMatching(/^x{900,1000}/)],
])('the result %j is reported as text', async (value, resultString) => {
  expect((await run(AWS_SAMPLE, () => value)).results).toEqual([
    { taskId: 'dGFza2lkZ29lc2hlcmUK', resultCode: 'Succeeded', resultString },
  ]);
});

test.each([
  [new BadRequestException('not an image'), 'PermanentFailure', 'not an image'],
  [new NotFoundException('gone'), 'PermanentFailure', 'gone'],
  [new TooManyRequestsException(), 'TemporaryFailure', 'Too Many Requests'],
  [new RequestTimeoutException(), 'TemporaryFailure', 'Request Timeout'],
  [new ServiceUnavailableException(), 'TemporaryFailure', 'Service Unavailable'],
  [new TypeError('a bug'), 'TemporaryFailure', 'TypeError: a bug'],
])('%s fails the task with its text', async (error, resultCode, text) => {
  const { results } = await run(AWS_SAMPLE, () => {
    throw error;
  });
  expect(results).toEqual([
    { taskId: 'dGFza2lkZ29lc2hlcmUK', resultCode, resultString: expect.stringContaining(text) },
  ]);
});

test.each([
  ['no tasks', []],
  ['two tasks', [...AWS_SAMPLE.tasks, ...AWS_SAMPLE.tasks]],
  ['a task that is no object', ['x']],
])('an event with %s fails the invocation', async (_, tasks) => {
  await expect(run({ ...AWS_SAMPLE, tasks }, () => 'done')).rejects.toThrow('a list with one task');
});

test('a task without a key fails', async () => {
  const { results } = await run({ ...AWS_SAMPLE, tasks: [{ taskId: '1', s3BucketArn: 'x' }] }, () => 'done');
  expect(results[0]).toMatchObject({ resultString: expect.stringContaining('tasks[0].s3Key is missing') });
  expect(results[0]!.resultCode).toBe('PermanentFailure');
});

test('a bucket narrows the predicate', () => {
  expect(isS3BatchTask('examplebucket')(AWS_SAMPLE)).toBe(true);
  expect(isS3BatchTask('other')(AWS_SAMPLE)).toBe(false);
  expect(isS3BatchTask('other')({ ...AWS_SAMPLE, tasks: null })).toBe(false);
  expect(isS3BatchTask()(null)).toBe(false);
});
