import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { IsInt, IsString } from 'class-validator';
import { Module } from '../../../src/decorators/module.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import { getQueueToken, getTopicToken, InjectQueue } from '../../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../../src/messaging/messaging-module.js';
import { PayloadBucket } from '../../../src/messaging/payloads/payload-bucket.js';
import type { Queue, Topic } from '../../../src/messaging/publisher.js';
import type { MessagesNotSentError } from '../../../src/messaging/send-errors.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { SentMessages } from '../../../src/testing/sent-messages.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp } from '../../application/create-app.js';
import { until } from '../../until.js';
import { type AwsWire, startWire } from '../aws-wire.js';
import { type S3Wire, startS3 } from '../s3-wire.js';

class Report {
  @IsInt() id!: number;
  @IsString() text!: string;
}

let aws: AwsWire;
let s3: S3Wire;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  environment = { ...process.env };
  [aws, s3] = await Promise.all([startWire(), startS3()]);
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_SNS: aws.endpoint,
    AWS_MAX_ATTEMPTS: '1',
    REPORTS_QUEUE_URL: `${aws.endpoint}/123456789012/reports`,
    BILLS_QUEUE_URL: `${aws.endpoint}/123456789012/bills.fifo`,
    NEWS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:news',
    PAYLOADS_BUCKET: `${s3.endpoint}/payloads`,
  });
});

afterEach(async () => {
  await Promise.all([aws.close(), s3.close()]);
  process.env = environment;
});

const KIB = 1024;
const MIB = 1024 * KIB;
const report = (id: number, bytes: number): Report => ({ id, text: 'x'.repeat(bytes) });

const moduleOf = (largePayloads: PayloadBucket) =>
  MessagingModule.forRoot({
    queues: {
      reports: { message: Report, largePayloads },
      'bills.fifo': { message: Report, largePayloads, contentBasedDeduplication: true },
    },
    topics: { news: { message: Report, largePayloads } },
  });

async function open(bucket = new PayloadBucket('payloads')) {
  const app = createApp({ imports: [moduleOf(bucket)] });
  await app.ready();
  return {
    reports: app.get<Queue<Report>>(getQueueToken('reports')),
    bills: app.get<Queue<Report>>(getQueueToken('bills.fifo')),
    news: app.get<Topic<Report>>(getTopicToken('news')),
  };
}

/** The pointer in an entry of a request, as AWS's own library writes it. */
function pointerIn(entry: Record<string, unknown> | undefined): { bucket: string; key: string } {
  const text = String(entry?.['MessageBody'] ?? entry?.['Message']);
  const found = /^\["software\.amazon\.payloadoffloading\.PayloadS3Pointer",(\{.+\})\]$/.exec(text);
  const { s3BucketName, s3Key } = JSON.parse(found?.[1] ?? '{}') as { s3BucketName: string; s3Key: string };
  return { bucket: s3BucketName, key: s3Key };
}

type SentAttributes = Readonly<Record<string, { readonly StringValue?: string }>>;

const textAt = (key: string): string | undefined => s3.store.get('payloads', key)?.body.toString();

describe('a message above the limit', () => {
  it('goes to the bucket, and a pointer with its size to the queue', async () => {
    const { reports } = await open();
    const large = report(1, 2 * MIB);
    const { messageId } = await reports.send(large, { attributes: { tenant: 'acme' } });
    expect(messageId).toBe('message-0');
    const [entry] = aws.calls[0]!.entries;
    const { bucket, key } = pointerIn(entry);
    expect(bucket).toBe('payloads');
    expect(key).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(textAt(key)).toBe(JSON.stringify(large));
    expect(entry!['MessageAttributes']).toEqual({
      tenant: { DataType: 'String', StringValue: 'acme' },
      ExtendedPayloadSize: { DataType: 'Number', StringValue: String(JSON.stringify(large).length) },
    });
  });

  it('has its checksum checked on the way', async () => {
    const { reports } = await open();
    await reports.send(report(1, 2 * MIB));
    const { key } = pointerIn(aws.calls[0]!.entries[0]);
    expect(s3.store.get('payloads', key)!.checksum).toEqual(['x-amz-checksum-crc32', expect.any(String)]);
  });

  it('goes to a topic in the same way, from 256 KiB on, which every topic takes', async () => {
    const { news } = await open();
    await news.send(report(1, 200 * KIB));
    await news.send(report(2, 300 * KIB));
    const [small, large] = aws.calls.map(({ entries: [entry] }) => entry);
    expect(String(small!['Message']).length).toBeGreaterThan(200 * KIB);
    expect(textAt(pointerIn(large).key)).toBe(JSON.stringify(report(2, 300 * KIB)));
    expect(JSON.stringify(large)).toContain('ExtendedPayloadSize');
  });

  it('is sent to a bucket of AWS by its name alone', async () => {
    Object.assign(process.env, { PAYLOADS_BUCKET: 'payloads', AWS_ENDPOINT_URL_S3: s3.endpoint });
    const { reports } = await open();
    await reports.send(report(1, 2 * MIB));
    expect(s3.requests).toEqual([expect.stringMatching(/^PUT \/payloads\/[\w-]+$/)]);
  });

  it('is refused above maxSize, and nothing is written', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { maxSize: 2 * MIB }));
    await expect(reports.sendAll([report(1, 2 * MIB), report(2, 5)])).rejects.toThrow(
      `messages[0]: the message has ${2 * MIB + 18} bytes, and ${2 * MIB} are allowed`,
    );
    expect([s3.requests, aws.calls]).toEqual([[], []]);
  });

  it('is measured in bytes, as is its payload', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { threshold: 100 }));
    const large = { id: 1, text: 'é😀'.repeat(15) };
    const odd = { id: 2, text: `\ud800${'x'.repeat(100)}\udc00\uffff` };
    await reports.sendAll([{ id: 3, text: 'x'.repeat(80) }, large, odd]);
    const [, ...pointers] = aws.calls[0]!.entries;
    const sizes = pointers.map(({ MessageAttributes: all }) => (all as SentAttributes)['ExtendedPayloadSize']);
    const texts = pointers.map((entry) => textAt(pointerIn(entry).key)!);
    expect(sizes.map((size) => Number(size?.StringValue))).toEqual(texts.map((text) => Buffer.byteLength(text)));
    expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual([large, odd]);
    expect(aws.calls[0]!.entries[0]!['MessageBody']).toBe(JSON.stringify({ id: 3, text: 'x'.repeat(80) }));
  });

  it('is refused if its attributes alone are above the limit', async () => {
    const { reports } = await open();
    const attributes = { note: 'y'.repeat(MIB) };
    await expect(reports.send(report(1, 5), { attributes })).rejects.toThrow(/^The message .*: the attributes of the/);
    expect(s3.requests).toEqual([]);
  });
});

describe('the options of a bucket', () => {
  it('threshold: smaller messages go there, too', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { threshold: 100 }));
    await reports.sendAll([report(1, 10), report(2, 200)]);
    const [small, large] = aws.calls[0]!.entries;
    expect(small!['MessageBody']).toBe(JSON.stringify(report(1, 10)));
    expect(textAt(pointerIn(large).key)).toBe(JSON.stringify(report(2, 200)));
  });

  it('maxSize: below the threshold, it bounds payloads and not the messages that are sent as they are', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { maxSize: 1000 }));
    await reports.send(report(1, 900 * KIB));
    expect(aws.calls[0]!.entries[0]!['MessageBody']).toBe(JSON.stringify(report(1, 900 * KIB)));
    await expect(reports.send(report(2, 2 * MIB))).rejects.toThrow(`and ${MIB} are allowed`);
    expect([s3.requests, aws.calls.length]).toEqual([[], 1]);
  });

  it('threshold: 0 sends all of them there', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { threshold: 0 }));
    await reports.send(report(1, 0));
    expect(textAt(pointerIn(aws.calls[0]!.entries[0]).key)).toBe('{"id":1,"text":""}');
  });

  it('prefix: all keys begin with it', async () => {
    const { reports } = await open(new PayloadBucket('payloads', { prefix: 'shop/reports/', threshold: 0 }));
    await reports.send(report(1, 0));
    expect(pointerIn(aws.calls[0]!.entries[0]).key).toMatch(/^shop\/reports\/[\w-]{36}$/);
  });

  it('s3: a client of yours is used, and left open', async () => {
    const sent: unknown[] = [];
    const client = {
      send: async (command: { input: unknown }) => sent.push(command.input),
      destroy: () => sent.push(0),
    };
    const bucket = new PayloadBucket('payloads', { threshold: 0, s3: { client } });
    const app = createApp({ imports: [moduleOf(bucket)] });
    await app.ready();
    await app.get<Queue<Report>>(getQueueToken('reports')).send(report(1, 0));
    await app.close();
    expect(sent).toEqual([expect.objectContaining({ Bucket: 'payloads', Body: '{"id":1,"text":""}' })]);
  });

  it.each([
    ['Payloads', {}, 'PayloadBucket was given Payloads; it takes a name of 3 to 63 small letters'],
    ['pay.loads', {}, 'a name of 3 to 63 small letters'],
    ['', {}, 'a name of 3 to 63 small letters'],
    ['payloads', { prefix: '/orders' }, 'prefix is "/orders"; it takes letters'],
    ['payloads', { prefix: 'a/../' }, 'prefix is "a/../"'],
    ['payloads', { prefix: 'a b/' }, 'prefix is "a b/"'],
    ['payloads', { threshold: -1 }, 'threshold is -1; it takes a whole number from 0'],
    ['payloads', { maxSize: 0 }, 'maxSize is 0; it takes a whole number from 1'],
    ['payloads', { s3: { region: 'a' } }, 'Unknown in the option s3 of PayloadBucket "payloads": region'],
    ['payloads', { bucket: 'a' }, 'Unknown in the options of PayloadBucket "payloads": bucket'],
  ])('%p with %p is refused', (name, options, message) => {
    expect(() => new PayloadBucket(name, options as object)).toThrow(
      expect.objectContaining({ name: 'BootstrapError', message: expect.stringContaining(message) }),
    );
  });

  it('prefix: leaves room for the rest of a key', () => {
    expect(() => new PayloadBucket('payloads', { prefix: 'x'.repeat(1024) })).toThrow('prefix is');
  });

  it('is no option of a bus, whose rules read what is in an event', () => {
    const largePayloads = new PayloadBucket('payloads');
    const buses = { shop: { message: Report, source: 'shop', largePayloads } };
    expect(() => MessagingModule.forRoot({ buses })).toThrow(
      'The bus "shop" of MessagingModule can\'t have largePayloads: rules choose events by their detail',
    );
  });

  it('takes a bucket, not its name', () => {
    const queues = { reports: { message: Report, largePayloads: 'payloads' as unknown as PayloadBucket } };
    expect(() => MessagingModule.forRoot({ queues })).toThrow(
      "largePayloads is payloads; it takes a bucket, as in new PayloadBucket('payloads').",
    );
  });

  it.each([
    [undefined, 'PAYLOADS_BUCKET is not set: it takes the name of the bucket for PayloadBucket "payloads".'],
    ['a bucket', 'PAYLOADS_BUCKET is "a bucket"; it takes the name of a bucket'],
    ['ab', 'PAYLOADS_BUCKET is "ab"; it takes the name of a bucket, of 3 to 63 characters, or the URL of one'],
    ['http://127.0.0.1:9000', 'PAYLOADS_BUCKET is "http://127.0.0.1:9000"; it takes'],
    ['http://127.0.0.1:9000/a/b', 'PAYLOADS_BUCKET is "http://127.0.0.1:9000/a/b"; it takes'],
    ['s3://payloads', 'PAYLOADS_BUCKET is "s3://payloads"; it takes'],
  ])('the variable %p fails the bootstrap', async (value, message) => {
    if (value === undefined) delete process.env['PAYLOADS_BUCKET'];
    else process.env['PAYLOADS_BUCKET'] = value;
    await expect(open()).rejects.toThrow(message);
  });
});

describe('attributes', () => {
  it('leave one of ten for the pointer, whatever the size', async () => {
    const { reports } = await open();
    const attributes = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`a${index}`, index]));
    await expect(reports.send(report(1, 5), { attributes })).rejects.toThrow('it has 10 attributes, and 9 are allowed');
  });

  it('are ten at most beside a pointer', async () => {
    const { reports } = await open();
    const attributes = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`a${index}`, index]));
    await reports.send(report(1, 2 * MIB), { attributes });
    expect(Object.keys(aws.calls[0]!.entries[0]!['MessageAttributes'] as SentAttributes)).toHaveLength(10);
  });

  it.each(['ExtendedPayloadSize', 'SQSLargePayloadSize'])('%s is not yours: it would make a pointer', async (name) => {
    const { reports } = await open();
    await expect(reports.send(report(1, 5), { attributes: { [name]: 5 } })).rejects.toThrow(
      `the attribute ${name} is written by Lambent`,
    );
  });
});

describe('a list with messages of all sizes', () => {
  it('is sent in one request, in its order, as far as pointers make room', async () => {
    const { reports } = await open();
    const all = [report(1, 3 * MIB), report(2, 10), report(3, 4 * MIB), report(4, 900 * KIB)];
    await reports.sendAll(all);
    expect(aws.calls).toHaveLength(1);
    const bodies = aws.calls[0]!.entries.map((entry) => textAt(pointerIn(entry).key) ?? entry['MessageBody']);
    expect(bodies).toEqual(all.map((one) => JSON.stringify(one)));
  });

  it('writes a payload once, however often the request is tried', async () => {
    aws.answers.push([{ code: 'InternalError' }, 'taken'], [{ code: 'InternalError' }], ['taken']);
    const { reports } = await open();
    await reports.sendAll([report(1, 2 * MIB), report(2, 10)]);
    expect(aws.calls.map(({ entries }) => entries.length)).toEqual([2, 1, 1]);
    expect(s3.requests).toHaveLength(1);
    expect(pointerIn(aws.calls[2]!.entries[0])).toEqual(pointerIn(aws.calls[0]!.entries[0]));
  });

  it('writes no payload of a list with an invalid message', async () => {
    const { reports } = await open();
    await expect(reports.sendAll([report(1, 2 * MIB), { id: 'a' } as unknown as Report])).rejects.toThrow(
      'messages[1]',
    );
    expect(s3.requests).toEqual([]);
  });

  it('keeps the order of a FIFO group, and recognizes a repeated payload by its hash', async () => {
    const { bills } = await open();
    const large = report(1, 2 * MIB);
    await bills.sendAll([large, report(2, 10), large], { groupId: 'a' });
    const [first, second, third] = aws.calls[0]!.entries;
    const hash = createHash('sha256').update(JSON.stringify(large)).digest('hex');
    expect([first, second, third].map((entry) => entry!['MessageDeduplicationId'])).toEqual([hash, undefined, hash]);
    expect(pointerIn(first).key).not.toBe(pointerIn(third).key);
    await bills.send(large, { groupId: 'a', deduplicationId: 'mine' });
    expect(aws.calls[1]!.entries[0]!['MessageDeduplicationId']).toBe('mine');
  });
});

describe('a payload that cannot be written', () => {
  it.each([
    [{ status: 403, code: 'AccessDenied' }, 'AccessDenied'],
    [{ status: 503, code: 'SlowDown' }, 'SlowDown'],
    [{ status: 500, code: 'InternalError' }, 'InternalError'],
  ])('%p fails the request of its message, which is not made', async (fault, code) => {
    s3.faults.push(fault);
    const { bills } = await open();
    const error = await bills
      .sendAll([report(1, 10), report(2, 2 * MIB), report(3, 10)], { groupId: 'a' })
      .catch((thrown: unknown) => thrown);
    expect((error as MessagesNotSentError).failed.map(({ index, code: each }) => [index, each])).toEqual([
      [0, code],
      [1, code],
      [2, code],
    ]);
    expect(aws.calls).toEqual([]);
  });

  it('is written to no other server, wherever a response redirects to', async () => {
    const elsewhere = await startS3();
    const { reports } = await open();
    s3.faults.push({ status: 307, code: 'TemporaryRedirect', location: `${elsewhere.endpoint}/payloads/a` });
    await expect(reports.send(report(1, 2 * MIB))).rejects.toThrow('TemporaryRedirect');
    expect([elsewhere.requests, aws.calls]).toEqual([[], []]);
    await elsewhere.close();
  });

  it('leaves the others of its request in the bucket, and each attempt of yours writes anew', async () => {
    const { reports } = await open();
    s3.faults.push({ status: 403, code: 'AccessDenied' });
    const all = [report(1, 2 * MIB), report(2, 2 * MIB)];
    await expect(reports.sendAll(all)).rejects.toThrow('AccessDenied');
    expect(aws.calls).toEqual([]);
    await reports.sendAll(all);
    expect(aws.calls[0]!.entries.map((entry) => textAt(pointerIn(entry).key))).toEqual(
      all.map((one) => JSON.stringify(one)),
    );
    expect(new Set(s3.requests).size).toBe(4);
  });

  it('names a bucket that does not exist', async () => {
    process.env['PAYLOADS_BUCKET'] = `${s3.endpoint}/elsewhere`;
    const { reports } = await open();
    await expect(reports.send(report(1, 2 * MIB))).rejects.toThrow('NoSuchBucket: The specified bucket does not exist');
  });

  it('is tried again where the SDK does so', async () => {
    process.env['AWS_MAX_ATTEMPTS'] = '2';
    s3.faults.push({ status: 503, code: 'SlowDown' });
    const { reports } = await open();
    await reports.send(report(1, 2 * MIB));
    expect([s3.requests.length, aws.calls.length]).toEqual([2, 1]);
  });

  it('waits no longer than the event', async () => {
    s3.faults.push('never');
    let thrown: unknown;
    @Controller()
    class Reports {
      constructor(@InjectQueue('reports') private readonly queue: Queue<Report>) {}

      @Post()
      async send(@Body() { bytes }: { bytes: number }) {
        await this.queue.send(report(1, bytes)).catch((error: unknown) => (thrown = error));
      }
    }
    const app = createApp({ imports: [moduleOf(new PayloadBucket('payloads'))], controllers: [Reports] });
    await app.ready();
    const context = fakeContext({ remainingTime: 900 });
    const event = events.apiGatewayV2({ method: 'POST', url: '/', payload: { bytes: 2 * MIB } });
    expect(await app.handler(event, context)).toMatchObject({ statusCode: 504 });
    const { failed } = (await until('the error is told', () => thrown)) as MessagesNotSentError;
    expect(failed[0]!.code).toBe('TimeUp');
    expect(aws.calls).toEqual([]);
  });
});

test.each([
  ['that go to the bucket', {}, 2 * MIB],
  ['that are sent as they are', { maxSize: 1000 }, 900 * KIB],
])('SentMessages keeps whole messages %s, and needs no bucket', async (_, options, bytes) => {
  delete process.env['PAYLOADS_BUCKET'];
  const sent = new SentMessages();
  const { MessageSender } = await import('../../../src/messaging/sending/message-sender.js');
  @Module({ imports: [moduleOf(new PayloadBucket('payloads', options))] })
  class AppModule {}
  const app = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(MessageSender)
    .useValue(sent)
    .compile();
  await app.get<Queue<Report>>(getQueueToken('reports')).send(report(1, bytes));
  expect(sent.to<Report>('reports')[0]!.content.text).toHaveLength(bytes);
  await app.close();
});
