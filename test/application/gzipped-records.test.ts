import { gzipSync } from 'node:zlib';
import { IsString } from 'class-validator';
import { OnFirehose, OnKafka, OnKinesis } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body } from '../../src/decorators/parameters.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

let output: ReturnType<typeof captureStdout>;
beforeEach(() => (output = captureStdout()));
afterEach(() => jest.restoreAllMocks());

class Click {
  @IsString() page!: string;
}

const seen: unknown[] = [];

@Injectable()
class Consumers {
  @OnKinesis('clicks') kinesis(click: Click) {
    seen.push(click);
  }
  @OnKafka('clicks') kafka(click: Click) {
    seen.push(click);
  }
  @OnFirehose('clicks') firehose(click: Click) {
    seen.push(click);
    return click;
  }
  @OnKinesis('text') text(@Body() text: string) {
    seen.push(text);
  }
  @OnKinesis('bytes') bytes(@Body() bytes: Buffer) {
    seen.push(bytes);
  }
  @OnKinesis('member') member(@Body('page') page: string) {
    seen.push(page);
  }
  @OnKinesis('open') open(@Body() value: unknown) {
    seen.push(value);
  }
}

async function consume(event: object): Promise<unknown> {
  seen.length = 0;
  return createApp({ providers: [Consumers] }).handler(event, fakeContext());
}

const gzipped = gzipSync('{"page":"/"}');
const broken = gzipped.subarray(0, -1);

test.each([
  ['kinesis', events.kinesis('clicks', [gzipped, { page: '/2' }])],
  ['firehose', events.firehose('clicks', [gzipped, { page: '/2' }])],
  ['kafka', events.kafka('clicks', [gzipped, { page: '/2' }])],
])('gzipped JSON from %s is read as JSON', async (_, event) => {
  await consume(event);
  expect(seen).toEqual([{ page: '/' }, { page: '/2' }]);
  expect(seen[0]).toBeInstanceOf(Click);
});

test.each([
  ['text', 'the text', '{"page":"/"}'],
  ['bytes', 'the bytes as they came', gzipped],
  ['member', 'a member', '/'],
  ['open', 'data', { page: '/' }],
])('a parameter of the kind %s gets %s', async (stream, _, expected) => {
  await consume(events.kinesis(stream, [gzipped]));
  expect(seen).toEqual([expected]);
});

test.each([
  ['is cut off', broken],
  ['is followed by something else', Buffer.concat([gzipped, Buffer.from('x')])],
  ['would fill the memory', gzipSync(Buffer.alloc(17 * 1024 * 1024, 0x20))],
])('gzipped content that %s fails its record', async (_, content) => {
  const event = events.kinesis('clicks', [content]);
  expect(await consume(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: event.Records[0]!.kinesis.sequenceNumber }],
  });
  expect(seen).toEqual([]);
  expect(output.text()).toMatch(/inflated|not valid gzip/);
});

test('a parameter without a type gets bytes that only look like gzip', async () => {
  await consume(events.kinesis('open', [broken]));
  expect(seen).toEqual([broken]);
});
