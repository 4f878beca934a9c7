import { createHash } from 'node:crypto';
import type { KinesisStreamRecord } from 'aws-lambda';
import { IsString } from 'class-validator';
import { OnKinesis } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Record } from '../../src/decorators/parameters.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

/** Three records of the keys c1, c2 and c1, as aws-kinesis-agg of awslabs aggregates them. */
const AGGREGATED =
  '84mawgoCYzEKAmMyGhAIABoMeyJwYWdlIjoiLyJ9GiUIARoheyJwYWdlIjoiL29yZGVycyIsInZpc2l0b3IiOiLDqSJ9GgcIABoD/wAB1eApG8Re5h7z3zjGAWmJhA==';

const bytes = Buffer.from(AGGREGATED, 'base64');

/** Puts a message between the magic number and its checksum. */
function aggregated(message: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 4), message, createHash('md5').update(message).digest()]);
}

class Click {
  @IsString() page!: string;
}

const calls: [page: string, key: string][] = [];

@Injectable()
class Clicks {
  @OnKinesis('clicks') count(click: Click, @Record() { kinesis }: KinesisStreamRecord) {
    calls.push([click.page, kinesis.partitionKey]);
  }
}

@Injectable()
class Raw {
  @OnKinesis('clicks') count(@Body() data: Buffer, @Record() { kinesis }: KinesisStreamRecord) {
    calls.push([data.toString('latin1'), kinesis.partitionKey]);
  }
}

async function consume(type: typeof Clicks | typeof Raw, contents: readonly unknown[]) {
  calls.length = 0;
  const event = events.kinesis('clicks', contents);
  const app = await createApp({ providers: [type] }).ready();
  const failed = (await app.handler(event, fakeContext())) as { batchItemFailures: { itemIdentifier: string }[] };
  const sequence = event.Records.map(({ kinesis }) => kinesis.sequenceNumber);
  return failed.batchItemFailures.map(({ itemIdentifier }) => sequence.indexOf(itemIdentifier));
}

describe('a record that the Kinesis Producer Library aggregated', () => {
  test('is handled as the records that it is made of, with their keys', async () => {
    expect(await consume(Raw, ['first', bytes, 'last'])).toEqual([]);
    expect(calls).toEqual([
      ['first', 'key'],
      ['{"page":"/"}', 'c1'],
      [Buffer.from('{"page":"/orders","visitor":"é"}').toString('latin1'), 'c2'],
      ['\xff\0\x01', 'c1'],
      ['last', 'key'],
    ]);
  });

  test('is reported as a whole where one of them fails, and handling ends there', async () => {
    expect(await consume(Clicks, [{ page: 'first' }, bytes, { page: 'last' }])).toEqual([1]);
    expect(calls).toEqual([
      ['first', 'key'],
      ['/', 'c1'],
      ['/orders', 'c2'],
    ]);
  });

  test.each([
    ['without its checksum', bytes.subarray(0, -1)],
    ['with another checksum', Buffer.concat([bytes.subarray(0, -1), Buffer.from([0])])],
    ['that is the magic number alone', bytes.subarray(0, 4)],
    ['that is shorter than a checksum', bytes.subarray(0, 19)],
  ])('%s is data like any other', async (_, data) => {
    expect(await consume(Raw, [data])).toEqual([]);
    expect(calls).toEqual([[data.toString('latin1'), 'key']]);
  });

  test.each([
    ['a key that is not in its table', Buffer.from([0x1a, 5, 8, 1, 0x1a, 1, 0x61])],
    ['no data', Buffer.from([0x0a, 1, 0x61, 0x1a, 2, 8, 0])],
    ['no key', Buffer.from([0x0a, 1, 0x61, 0x1a, 3, 0x1a, 1, 0x61])],
    ['a length beyond its end', Buffer.from([0x0a, 9, 0x61])],
    ['a number that never ends', Buffer.alloc(20, 0xff)],
    ['a kind of field that does not exist', Buffer.from([0x0f])],
    ['no records', Buffer.from([0x0a, 1, 0x61])],
    ['no content', Buffer.alloc(0)],
  ])('fails with %s', async (_, message) => {
    expect(await consume(Raw, [aggregated(message)])).toEqual([0]);
    expect(calls).toEqual([]);
  });

  test('may have fields that are not known', async () => {
    const unknown = Buffer.from([0x0a, 1, 0x61, 0x20, 1, 0x29, 0, 0, 0, 0, 0, 0, 0, 0, 0x35, 0, 0, 0, 0]);
    const record = Buffer.from([0x1a, 5, 8, 0, 0x1a, 1, 0x62]);
    expect(await consume(Raw, [aggregated(Buffer.concat([unknown, record])), 'last'])).toEqual([]);
    expect(calls).toEqual([
      ['b', 'a'],
      ['last', 'key'],
    ]);
  });
});
