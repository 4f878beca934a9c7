import { Exclude } from 'class-transformer';
import { appSyncResults } from '../../../src/application/records/appsync-results.js';
import { OnEvent } from '../../../src/decorators/consumers.js';
import { Body } from '../../../src/decorators/parameters.js';
import { NotFoundException, ServiceUnavailableException } from '../../../src/errors/exceptions.js';
import { isAppSyncBatch } from '../../../src/events/appsync.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { captureStdout, type CapturedStdout } from '../../logging/captured-stdout.js';
import { createApp } from '../create-app.js';

let output: CapturedStdout;
beforeEach(() => (output = captureStdout()));
afterEach(() => jest.restoreAllMocks());

function resolve(work: (events: readonly unknown[]) => unknown): Promise<unknown> {
  class Orders {
    @OnEvent(isAppSyncBatch('Order', 'lines')) lines(@Body() all: readonly unknown[]) {
      return work(all);
    }
  }
  const event = [1, 2, 3].map((id) => events.appSync('Order', 'lines', { source: { id } as never }));
  return createApp({ providers: [Orders] }).handler(event, fakeContext());
}

test('the results of a batch tell single errors, and those that are not meant for callers are hidden', async () => {
  const results = await resolve(async () =>
    appSyncResults(
      await Promise.allSettled([
        Promise.resolve(['line']),
        Promise.reject(new NotFoundException('There is no order 2')),
        Promise.reject(new Error('password=secret')),
      ]),
    ),
  );
  expect(results).toEqual([
    { data: ['line'], errorMessage: null, errorType: null },
    { data: null, errorMessage: 'There is no order 2', errorType: 'NotFoundException' },
    { data: null, errorMessage: 'Internal Server Error', errorType: 'InternalServerErrorException' },
  ]);
  expect(output.text()).toContain('A result of a resolver with batching failed');
  expect(output.text()).toContain('password=secret');
});

test('an exception of the server is hidden, too, and nothing is null', async () => {
  const settled = await Promise.allSettled([
    Promise.resolve(undefined),
    Promise.reject(new ServiceUnavailableException('db down')),
  ]);
  expect(appSyncResults(settled)).toEqual([
    { data: null, errorMessage: null, errorType: null },
    { data: null, errorMessage: 'Internal Server Error', errorType: 'InternalServerErrorException' },
  ]);
});

test('members that @Exclude() hides are in no result', async () => {
  class Line {
    id = 1;
    @Exclude() cost = 2;
  }
  const settled = Promise.allSettled([1, 2, 3].map(() => Promise.resolve(new Line())));
  const results = await resolve(async () => appSyncResults(await settled));
  expect(JSON.stringify(results)).toBe(
    JSON.stringify(Array.from({ length: 3 }, () => ({ data: { id: 1 }, errorMessage: null, errorType: null }))),
  );
});

test('a result of Promise.allSettled with a rejection is refused: callers would get it as data', async () => {
  const settled = Promise.allSettled([1, Promise.reject('late' as never), 3]);
  await expect(resolve(() => settled)).rejects.toThrow('appSyncResults(await Promise.allSettled(…))');
});

test('an error among the results is refused: it would be an empty object', async () => {
  await expect(resolve(() => [1, new Error('x'), 3])).rejects.toThrow('appSyncResults(await Promise.allSettled(…))');
});
