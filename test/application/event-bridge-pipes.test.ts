import type { KinesisStreamRecord } from 'aws-lambda';
import { IsString } from 'class-validator';
import { OnDynamoDb, OnEvent, OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import { Body, Event, Record } from '../../src/decorators/parameters.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

class Order {
  @IsString() id!: string;
}

const seen: unknown[] = [];

class Consumers {
  @OnSqs('orders') sqs({ id }: Order) {
    seen.push(id);
  }
  @OnKinesis('orders') kinesis({ id }: Order, @Record() { kinesis }: KinesisStreamRecord) {
    seen.push([id, kinesis.partitionKey]);
  }
  @OnDynamoDb('orders') dynamoDb(@Body('newImage') { id }: Order) {
    seen.push(id);
  }
}

const contents = [{ id: 'a' }, { wrong: true }, { id: 'c' }];
const sqs = events.sqs('orders', contents).Records;
/** As a pipe sends them, with the members of `kinesis` beside the others. */
const kinesis = events
  .kinesis('orders', contents)
  .Records.map(({ kinesis: { ...own }, ...record }) => ({ ...own, ...record }));
const dynamoDb = events.dynamoDb('orders', [{ keys: { id: 'a' }, newImage: { id: 'a' } }]).Records;

function send(event: unknown, providers: unknown[] = [Consumers], eventBridgePipes = true): Promise<unknown> {
  seen.length = 0;
  return createApp({ providers: providers as never }, { batch: { eventBridgePipes } }).handler(event, fakeContext());
}

const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

test.each([
  ['SQS', sqs, ['a', 'c'], failures(sqs[1]!.messageId)],
  ['Kinesis', kinesis, [['a', 'key']], failures(kinesis[1]!.sequenceNumber)],
  ['DynamoDB', dynamoDb, ['a'], failures()],
])('records that a pipe sends from %s are handled as those of the source, with partial failures', async (...row) => {
  const [, list, handled, result] = row;
  expect(await send(list)).toEqual(result);
  expect(seen).toEqual(handled);
});

test.each([
  ['SQS', sqs],
  ['Kinesis', kinesis],
])('without the option, a list of %s is no event, and the error names the option', async (_, list) => {
  await expect(send(list, [Consumers], false)).rejects.toThrow('set the option batch: { eventBridgePipes: true }');
  expect(seen).toEqual([]);
});

test.each([
  ['is empty', []],
  ['has records of two sources', [sqs[0], kinesis[0]]],
  ['has something else in it', [sqs[0], null]],
  ['is of another source', [{ ...sqs[0], eventSource: 'aws:kafka' }]],
  ['names a member of every object as its source', [{ ...sqs[0], eventSource: 'constructor' }]],
])('a list that %s is no list of a pipe', async (_, list) => {
  await expect(send(list)).rejects.toThrow(/No consumer takes this event: (?!.*eventBridgePipes)/);
});

test('an @OnEvent method gets the list as it is, as an enrichment needs it', async () => {
  class Enrichment {
    @OnEvent((event) => Array.isArray(event)) enrich(@Event() list: readonly object[]) {
      return list.map((record) => ({ ...record, enriched: true }));
    }
  }
  expect(await send(sqs, [Enrichment, Consumers])).toEqual(sqs.map((record) => ({ ...record, enriched: true })));
});

test("the source's own event is handled as ever", async () => {
  expect(await send({ Records: sqs })).toEqual(failures(sqs[1]!.messageId));
});
