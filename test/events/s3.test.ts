import { OnEventBridge, OnS3 } from '../../src/decorators/consumers.js';
import { Body, Record as RawRecord } from '../../src/decorators/parameters.js';
import type { S3Notification } from '../../src/events/s3.js';
import type { Via } from '../../src/shared/event-types.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

const object = { bucket: 'uploads', key: 'Grüße & Küsse +1.jpg' };
const notification = { ...object, eventName: 'ObjectCreated:Put', size: 1024, region: 'us-east-1' };

describeInvocationSource({
  name: 'S3',
  source: 's3',
  decorator: OnS3({ bucket: 'uploads', event: 'ObjectCreated:*' }),
  elsewhere: OnS3({ bucket: 'uploads', event: 'ObjectRemoved:*' }),
  event: () => events.s3(object),
  body: expect.objectContaining(notification),
  record: (event) => (event as { Records: unknown[] }).Records[0],
  nothing: undefined,
});

describeInvocationSource({
  name: 'S3 through EventBridge',
  source: 's3',
  decorator: OnS3({ bucket: 'uploads', event: 's3:ObjectCreated:*' }),
  elsewhere: OnS3({ bucket: 'archive' }),
  event: () => events.s3EventBridge(object),
  body: expect.objectContaining(notification),
  nothing: undefined,
});

/** A message of a queue, as S3 or a rule puts an event into it. */
function inQueue(event: unknown) {
  return {
    Records: [
      {
        messageId: 'm1',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:1:uploads',
        body: JSON.stringify(event),
        attributes: {},
      },
    ],
  };
}

const testMessage = {
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: '2026-11-23T10:00:00.000Z',
  Bucket: 'uploads',
  RequestId: '5582815E1AEA5ADF',
  HostId: '8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE',
};

async function received(event: unknown, via?: Via): Promise<unknown[]> {
  const handle = jest.fn<unknown, [unknown, unknown]>();
  await invoke(consumerApp(OnS3({ ...(via && { via }) }), handle), event);
  return handle.mock.calls.map(([body]) => body);
}

describe('consumers of S3', () => {
  let stdout: CapturedStdout;
  beforeEach(() => void (stdout = captureStdout()));
  afterEach(() => jest.restoreAllMocks());

  it('lose no records beside the mark of a test message', async () => {
    const event = { ...testMessage, ...events.s3({ bucket: 'uploads', key: 'a' }) };
    expect(await received(event)).toMatchObject([{ bucket: 'uploads', key: 'a' }]);
    expect(await received(inQueue(event), { sqs: 'uploads' })).toMatchObject([{ bucket: 'uploads', key: 'a' }]);
  });

  it.each([
    ['Happy%20Face.jpg', 'Happy Face.jpg'],
    ['a+b%2Bc/d.txt', 'a b+c/d.txt'],
    ['caf%C3%A9%25', 'café%'],
  ])('are given the key %s decoded once', async (key, decoded) => {
    const [record] = events.s3().Records;
    record!.s3.object.key = key;
    expect(await received({ Records: [record] })).toMatchObject([{ key: decoded }]);
  });

  it('are given the key of an event on a bus as it is, for there it is not encoded', async () => {
    expect(await received(events.s3EventBridge({ key: 'a+b%20c' }))).toMatchObject([{ key: 'a+b%20c' }]);
  });

  it('fail on a key that can not be decoded', async () => {
    const [record] = events.s3().Records;
    record!.s3.object.key = '%zz';
    await expect(
      invoke(
        consumerApp(OnS3(), () => true),
        { Records: [record] },
      ),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('fail on a record that names no object, and not on the others', async () => {
    const [whole] = events.s3().Records;
    const handle = jest.fn();
    const outcome = invoke(consumerApp(OnS3(), handle), { Records: [whole, null, { eventSource: 'aws:s3' }] });
    await expect(outcome).rejects.toThrow(
      '2 of 3 records failed; the first one: MalformedEventError: Records[1] is null: it should be an object',
    );
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('are called for each object', async () => {
    expect(await received(events.s3({ key: 'a' }, { key: 'b' }))).toMatchObject([{ key: 'a' }, { key: 'b' }]);
  });

  it.each([
    ['Object Created', { reason: 'PutObject' }, 'ObjectCreated:Put'],
    ['Object Created', { reason: 'POST Object' }, 'ObjectCreated:Post'],
    ['Object Created', { reason: 'CopyObject' }, 'ObjectCreated:Copy'],
    ['Object Created', { reason: 'CompleteMultipartUpload' }, 'ObjectCreated:CompleteMultipartUpload'],
    ['Object Deleted', { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' }, 'ObjectRemoved:Delete'],
    [
      'Object Deleted',
      { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
      'ObjectRemoved:DeleteMarkerCreated',
    ],
    [
      'Object Deleted',
      { reason: 'Lifecycle Expiration', 'deletion-type': 'Permanently Deleted' },
      'LifecycleExpiration:Delete',
    ],
    [
      'Object Deleted',
      { reason: 'Lifecycle Expiration', 'deletion-type': 'Delete Marker Created' },
      'LifecycleExpiration:DeleteMarkerCreated',
    ],
    ['Object Restore Initiated', {}, 'ObjectRestore:Post'],
    ['Object Restore Completed', {}, 'ObjectRestore:Completed'],
    ['Object Restore Expired', {}, 'ObjectRestore:Delete'],
    ['Object Tags Added', {}, 'ObjectTagging:Put'],
    ['Object Tags Deleted', {}, 'ObjectTagging:Delete'],
    ['Object ACL Updated', {}, 'ObjectAcl:Put'],
    ['Object Storage Class Changed', {}, 'LifecycleTransition'],
    ['Object Access Tier Changed', {}, 'IntelligentTiering'],
    ['Object Praised', {}, 'Object Praised'],
  ])('take the event "%s" %j on a bus for %s', async (detailType, detail, eventName) => {
    const event = events.eventBridge({
      source: 'aws.s3',
      detailType,
      detail: { bucket: { name: 'uploads' }, object: { key: 'k', etag: 'e', 'version-id': 'v' }, ...detail },
    });
    expect(await received(event)).toMatchObject([{ eventName, key: 'k', eTag: 'e', versionId: 'v' }]);
  });

  it('have one event name, whether S3 writes its prefix or not', async () => {
    const [record] = events.s3({ event: 's3:ObjectRestore:Completed' }).Records;
    const handle = jest.fn<unknown, [unknown]>();
    await invoke(consumerApp(OnS3({ event: 's3:ObjectRestore:*' }), handle), { Records: [record] });
    expect(handle.mock.calls[0]![0]).toMatchObject({ eventName: 'ObjectRestore:Completed' });
  });

  it('take what a queue carries: notifications, and events of a bus', async () => {
    expect(await received(inQueue(events.s3({ key: 'a' })), { sqs: 'uploads' })).toMatchObject([{ key: 'a' }]);
    expect(await received(inQueue(events.s3EventBridge({ key: 'b' })), { sqs: 'uploads' })).toMatchObject([
      { key: 'b' },
    ]);
  });

  it('take what a topic carries, directly and in a queue', async () => {
    const envelope = {
      Type: 'Notification',
      MessageId: 'n1',
      TopicArn: 'arn:aws:sns:us-east-1:1:uploads',
      Message: JSON.stringify(events.s3({ key: 'a b' })),
    };
    const topic = {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: 'arn:aws:sns:us-east-1:1:uploads:s',
          Sns: envelope,
        },
      ],
    };
    expect(await received(topic, { sns: 'uploads' })).toMatchObject([{ key: 'a b' }]);
    expect(await received(inQueue(envelope), { sns: 'uploads', sqs: 'uploads' })).toMatchObject([{ key: 'a b' }]);
  });

  it('make a message of a queue a failed one when they fail', async () => {
    const app = consumerApp(OnS3({ via: { sqs: 'uploads' } }), () => Promise.reject(new Error('no')));
    await expect(invoke(app, inQueue(events.s3()))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  it('are not called for the message by which S3 tries a configuration', async () => {
    const handle = jest.fn();
    const settings = { LOG_LEVEL: 'debug' } as const;
    await expect(invoke(consumerApp(OnS3(), handle, { settings }), testMessage)).resolves.toBeUndefined();
    await expect(
      invoke(consumerApp(OnS3({ via: { sqs: 'uploads' } }), handle, { settings }), inQueue(testMessage)),
    ).resolves.toEqual({ batchItemFailures: [] });
    expect(handle).not.toHaveBeenCalled();
    const told = { level: 'debug', message: 'The event of s3 has no records: there is nothing to do' };
    expect(stdout.lines().filter(({ level }) => level === 'debug')).toMatchObject([told, told]);
  });

  it('come before a consumer of the whole bus', async () => {
    const taken: string[] = [];
    class Both {
      @OnEventBridge() bus() {
        taken.push('bus');
      }
      @OnS3({ bucket: 'uploads' }) upload(@Body() { key }: S3Notification) {
        taken.push(key);
      }
    }
    const app = createApp({ controllers: [Both] });
    await invoke(app, events.s3EventBridge({ bucket: 'uploads', key: 'a' }));
    await invoke(app, events.s3EventBridge({ bucket: 'archive', key: 'b' }));
    expect(taken).toEqual(['a', 'bus']);
  });

  it('are given no calls that CloudTrail reports of S3, which go to the consumer of the bus', async () => {
    const taken: unknown[] = [];
    class Both {
      @OnEventBridge({ source: 'aws.s3' }) bus(@Body('eventName') name: string) {
        taken.push(name);
      }
      @OnS3() object() {
        taken.push('object');
      }
    }
    const detail = {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutObject',
      requestParameters: { bucketName: 'uploads', key: 'a' },
    };
    const event = events.eventBridge({ source: 'aws.s3', detailType: 'AWS API Call via CloudTrail', detail });
    await invoke(createApp({ controllers: [Both] }), event);
    expect(taken).toEqual(['PutObject']);
    await expect(
      invoke(
        consumerApp(OnS3(), () => 1),
        event,
      ),
    ).rejects.toThrow('No consumer takes this eventbridge record of source "aws.s3"');
  });

  it('may take all objects at once', async () => {
    const lists: unknown[] = [];
    class Batch {
      @OnS3({}, { batch: true }) take(@Body() all: S3Notification[], @RawRecord() raw: unknown[]) {
        lists.push(
          all.map(({ key }) => key),
          raw.length,
        );
      }
    }
    await invoke(createApp({ controllers: [Batch] }), events.s3({ key: 'a' }, { key: 'b' }));
    expect(lists).toEqual([['a', 'b'], 2]);
  });
});
