import 'reflect-metadata';
import { gzipSync } from 'node:zlib';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { IsInt, IsString } from 'class-validator';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import type { CallHandler, ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnS3, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Record } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { getQueueToken } from '../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import { LargePayloads } from '../../src/messaging/payloads/large-payloads.js';
import { PayloadBucket } from '../../src/messaging/payloads/payload-bucket.js';
import type { Queue } from '../../src/messaging/publisher.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { until } from '../until.js';
import { startWire } from './aws-wire.js';
import { type S3Wire, startS3 } from './s3-wire.js';

class Report {
  @IsInt() id!: number;
  @IsString() text!: string;
}

const payloads = new PayloadBucket('payloads', { prefix: 'reports/', maxSize: 1000 });

let s3: S3Wire;
let environment: NodeJS.ProcessEnv;
let taken: unknown[];

beforeEach(async () => {
  environment = { ...process.env };
  s3 = await startS3();
  taken = [];
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
    PAYLOADS_BUCKET: `${s3.endpoint}/payloads`,
  });
});

afterEach(async () => {
  await s3.close();
  process.env = environment;
});

const report = (id: number): Report => ({ id, text: 'a text' });

/** Writes an object, and returns the pointer to it. */
function stored(body: string | Buffer = JSON.stringify(report(1)), key = 'reports/a'): string {
  s3.store.put('payloads', key, { body: Buffer.from(body), type: 'application/json' });
  return pointer('payloads', key);
}

function pointer(s3BucketName: unknown, s3Key: unknown): string {
  return JSON.stringify(['software.amazon.payloadoffloading.PayloadS3Pointer', { s3BucketName, s3Key }]);
}

function polluting(members: string): string {
  return `["software.amazon.payloadoffloading.PayloadS3Pointer",{"__proto__":{${members}}}]`;
}

const attribute = { dataType: 'Number', stringValue: '5', stringListValues: [], binaryListValues: [] };
const MARK = { messageAttributes: { ExtendedPayloadSize: attribute } };

const isPointer = (body: unknown): boolean => typeof body === 'string' && body.startsWith('["');

/** Messages of which those that point are marked. */
function messages(bodies: readonly unknown[], queue = 'reports'): SQSEvent {
  return events.sqs(queue, bodies, (index) => ({
    messageId: `m${index}`,
    ...(isPointer(bodies[index]) ? (MARK as unknown as Partial<SQSRecord>) : {}),
  }));
}

async function appWith(consumer: Constructor, options: ApplicationOptions = {}): Promise<LambdaApplication> {
  const app = createApp({ providers: [consumer] }, { accessLog: true, ...options });
  await app.ready();
  return app;
}

/** The ids of the messages that failed. */
async function failures(app: LambdaApplication, event: SQSEvent, context = fakeContext()): Promise<string[]> {
  const { batchItemFailures } = (await app.handler(event, context)) as SQSBatchResponse;
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** The errors in the lines of the records. */
function errorsIn(write: jest.SpyInstance): string {
  return write.mock.calls.map(([line]) => String(line)).join('');
}

@Injectable()
class Reports {
  @OnSqs('reports')
  @LargePayloads(payloads)
  read(@Body() one: Report) {
    taken.push(one);
  }
}

@Injectable()
class BatchReports {
  @OnSqs('reports*', { batch: true })
  @LargePayloads(payloads)
  read(@Body() all: Report[]) {
    taken.push(...all);
  }
}

describe('a consumer of pointers', () => {
  it('gets the message from the bucket, checked as any other', async () => {
    const app = await appWith(Reports);
    expect(await failures(app, messages([stored()]))).toEqual([]);
    expect(taken).toEqual([report(1)]);
    expect(taken[0]).toBeInstanceOf(Report);
  });

  it('gets small messages as they are, without a request', async () => {
    const app = await appWith(Reports);
    expect(await failures(app, messages([report(1), stored(JSON.stringify(report(2)))]))).toEqual([]);
    expect(taken.map((one) => (one as Report).id).toSorted()).toEqual([1, 2]);
    expect(s3.requests).toHaveLength(1);
  });

  it('gets what a queue of Lambent and the old libraries of AWS write', async () => {
    const app = await appWith(Reports);
    const old = stored().replace(
      'software.amazon.payloadoffloading.PayloadS3Pointer',
      'com.amazon.sqs.javamessaging.MessageS3Pointer',
    );
    const event = events.sqs('reports', [old], { messageAttributes: { SQSLargePayloadSize: attribute } } as never);
    expect(await failures(app, event)).toEqual([]);
    expect(taken).toEqual([report(1)]);
  });

  it('refuses a payload that does not fit its class, by the rules of invalid records', async () => {
    const refused: string[] = [];
    const app = await appWith(Reports, { batch: { invalid: ({ id }) => void refused.push(id) } });
    expect(await failures(app, messages([stored('{"id":"a"}')]))).toEqual([]);
    expect([refused, taken]).toEqual([['m0'], []]);
  });

  it.each([
    ['every safe character in the key', "reports/A-Z_a.z/0!9*'(a)", report(1)],
    ['text in any language', 'reports/a', { id: 1, text: '\u{feff}Zoë ☃ 😀 \u0000 \ud800' }],
    ['as many bytes as are allowed', 'reports/a', { id: 1, text: 'é'.repeat(490) }],
  ])('gets a payload with %s', async (_, key, content) => {
    const app = await appWith(Reports);
    expect(await failures(app, messages([stored(JSON.stringify(content), key)]))).toEqual([]);
    expect(taken).toEqual([content]);
  });

  it('follows no pointer in a payload', async () => {
    const app = await appWith(Reports);
    stored(JSON.stringify(report(2)), 'reports/b');
    expect(await failures(app, messages([stored(pointer('payloads', 'reports/b'))]))).toEqual(['m0']);
    expect([taken, s3.requests]).toEqual([[], ['GET /payloads/reports/a']]);
  });

  it('gets the same payload again with the same message, which nothing has deleted', async () => {
    const app = await appWith(Reports);
    const body = stored();
    for (const attempt of [1, 2]) {
      expect(await failures(app, messages([body, body]))).toEqual([]);
      expect(taken).toHaveLength(2 * attempt);
    }
    expect(new Set(s3.requests)).toEqual(new Set(['GET /payloads/reports/a']));
  });

  it('sees the record as it was sent', async () => {
    @Injectable()
    class Raw {
      @OnSqs('reports')
      @LargePayloads(payloads)
      read(@Body() text: string, @Record() { body }: SQSRecord) {
        taken.push(text, body);
      }
    }
    const app = await appWith(Raw);
    const body = stored();
    expect(await failures(app, messages([body]))).toEqual([]);
    expect(taken).toEqual([JSON.stringify(report(1)), body]);
  });

  it('has interceptors that see the payload, and guards of the class that do not yet', async () => {
    const seen: string[] = [];
    const note = (name: string, { record }: ExecutionContext) =>
      seen.push(`${name} ${String(record.content()).slice(0, 5)}`);
    const guard = { canActivate: (context: ExecutionContext) => note('guard', context) > 0 };
    const interceptor = {
      intercept: (context: ExecutionContext, next: CallHandler) => {
        note('interceptor', context);
        return next.handle();
      },
    };
    @Injectable()
    @UseGuards(guard)
    class Guarded {
      @OnSqs('reports')
      @LargePayloads(payloads)
      @UseInterceptors(interceptor)
      read() {}
    }
    expect(await failures(await appWith(Guarded), messages([stored()]))).toEqual([]);
    expect(seen).toEqual(['guard ["sof', 'interceptor {"id"']);
  });

  it('reads nothing for a message that a guard of the class refuses', async () => {
    @Injectable()
    @UseGuards({ canActivate: () => false })
    class Guarded {
      @OnSqs('reports')
      @LargePayloads(payloads)
      read() {}
    }
    expect(await failures(await appWith(Guarded), messages([stored()]))).toEqual(['m0']);
    expect(s3.requests).toEqual([]);
  });

  it('keeps the payloads of overlapping invocations apart', async () => {
    const app = await appWith(Reports);
    const all = Array.from({ length: 20 }, (_, id) => messages([stored(JSON.stringify(report(id)), `reports/${id}`)]));
    const results = await Promise.all(all.map((event) => failures(app, event)));
    expect(results.flat()).toEqual([]);
    expect(taken.map((one) => (one as Report).id).toSorted((a, b) => a - b)).toEqual(all.map((_, id) => id));
  });

  it('gets the pointer without @LargePayloads', async () => {
    @Injectable()
    class Plain {
      @OnSqs('reports')
      read(@Body() body: unknown) {
        taken.push(body);
      }
    }
    expect(await failures(await appWith(Plain), messages([stored()]))).toEqual([]);
    expect(taken).toEqual([JSON.parse(stored())]);
    expect(s3.requests).toEqual([]);
  });

  it('takes a pointer without the attribute for a message of its own', async () => {
    const app = await appWith(Reports);
    expect(await failures(app, events.sqs('reports', [stored()], { messageId: 'm0' }))).toEqual(['m0']);
    expect(s3.requests).toEqual([]);
  });
});

const notification = (Message: string) => ({
  Message,
  MessageAttributes: { ExtendedPayloadSize: { Type: 'Number', Value: '5' } },
});

describe('a topic', () => {
  @Injectable()
  class News {
    @OnSns('news')
    @LargePayloads(payloads)
    read(@Body() one: Report) {
      taken.push(one);
    }

    @OnSns('news', { via: { sqs: 'inbox' } })
    @LargePayloads(payloads)
    readQueued(@Body() one: Report) {
      taken.push(one);
    }
  }

  it('delivers payloads directly', async () => {
    const app = await appWith(News);
    const event = events.sns('news', [stored()]);
    Object.assign(event.Records[0]!.Sns, notification(stored()));
    await app.handler(event, fakeContext());
    expect(taken).toEqual([report(1)]);
  });

  it('delivers payloads through a queue', async () => {
    const app = await appWith(News);
    const envelope = { ...(JSON.parse(String(events.snsEnvelope('news', 'a'))) as object), ...notification(stored()) };
    expect(await failures(app, events.sqs('inbox', [envelope]))).toEqual([]);
    expect(taken).toEqual([report(1)]);
  });
});

describe('a pointer that is not followed', () => {
  const cases: readonly (readonly [what: string, body: () => string, message: string])[] = [
    [
      'a foreign bucket',
      () => pointer('secrets', 'reports/a'),
      'points to the bucket \\"secrets\\", but payloads are read from payloads only',
    ],
    [
      'a key outside of the prefix',
      () => pointer('payloads', 'other/a'),
      'points to the key \\"other/a\\", which is not read',
    ],
    [
      'a way up',
      () => pointer('payloads', 'reports/../other'),
      'keys have safe characters only, and begin with reports/',
    ],
    ['an empty part', () => pointer('payloads', 'reports//a'), 'which is not read'],
    ['a query', () => pointer('payloads', 'reports/a?versionId=1'), 'which is not read'],
    ['a line break', () => pointer('payloads', 'reports/a\\n'), 'which is not read'],
    ['a key that is too long', () => pointer('payloads', `reports/${'a'.repeat(1020)}`), 'which is not read'],
    ['an encoded way up', () => pointer('payloads', 'reports/%2e%2e/other'), 'which is not read'],
    ['a null character', () => pointer('payloads', 'reports/a\u0000'), 'which is not read'],
    ['a letter that looks like another', () => pointer('payloads', 'reports/\u0430'), 'which is not read'],
    ['the same bucket in capitals', () => pointer('PAYLOADS', 'reports/a'), 'but payloads are read from payloads only'],
    ['the ARN of the bucket', () => pointer('arn:aws:s3:::payloads', 'reports/a'), 'are read from payloads only'],
    ['the URL of the bucket', () => pointer(`${s3.endpoint}/payloads`, 'reports/a'), 'are read from payloads only'],
    ['the bucket with a part of the key', () => pointer('payloads/reports', 'a'), 'are read from payloads only'],
    ['a long bucket, which is cut', () => pointer('b'.repeat(5000), 'a'), `\\"${'b'.repeat(100)}\\"`],
    [
      'members of a prototype',
      () => polluting('"s3BucketName":"payloads","s3Key":"reports/a"'),
      'but is not a pointer',
    ],
    ['an address', () => pointer('payloads', 5), 'but is not a pointer to a payload'],
    ['no bucket', () => pointer('', 'reports/a'), 'but is not a pointer to a payload'],
    [
      'another class',
      () => '["java.lang.Runtime",{"s3BucketName":"payloads","s3Key":"reports/a"}]',
      'but is not a pointer',
    ],
    ['a list of one', () => '["software.amazon.payloadoffloading.PayloadS3Pointer"]', 'but is not a pointer'],
    ['text', () => '["', 'but is not a pointer'],
  ];

  it.each(cases)('%s', async (_, body, message) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const dropped: unknown[] = [];
    const app = await appWith(Reports, { batch: { invalid: (record) => void dropped.push(record) } });
    expect(await failures(app, messages([body(), report(2)]))).toEqual(['m0']);
    expect(errorsIn(write)).toContain(message);
    write.mockRestore();
    // Whatever happens to invalid records: another attempt may succeed.
    expect([dropped, taken, s3.requests]).toEqual([[], [report(2)], []]);
  });
});

describe('a payload that cannot be read', () => {
  it.each([
    ['gone', () => pointer('payloads', 'reports/gone'), undefined, 'it is gone, or was never there'],
    ['forbidden', stored, { status: 403, code: 'AccessDenied' }, 'the function needs s3:GetObject on it'],
    ['throttled', stored, { status: 503, code: 'SlowDown' }, 'could not be read: no'],
    ['in no bucket', stored, { status: 404, code: 'NoSuchBucket' }, 'the bucket does not exist'],
    ['in another region', stored, { status: 301, code: 'PermanentRedirect' }, 'could not be read: no'],
    ['broken in S3', stored, { status: 500, code: 'InternalError' }, 'could not be read: no'],
    ['compressed', () => stored(gzipSync(JSON.stringify(report(1)))), undefined, 'could not be read'],
    ['too large in bytes', () => stored('é'.repeat(501)), undefined, 'it has 1002 bytes, and 1000 are allowed'],
    ['cut off', () => stored('x'.repeat(500)), 'cut', 'could not be read'],
    ['too large', () => stored('x'.repeat(1001)), undefined, 'it has 1001 bytes, and 1000 are allowed (maxSize)'],
    ['no text', () => stored(Buffer.from([0x22, 0xff, 0x22])), undefined, 'could not be read'],
  ] as const)('fails its record alone: %s', async (_, body, fault, message) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    for (const consumer of [Reports, BatchReports]) {
      taken = [];
      const app = await appWith(consumer, { batch: { invalid: 'drop' } });
      if (fault) s3.faults.push(fault);
      expect(await failures(app, messages([report(2), body(), report(3)]))).toEqual(['m1']);
      expect(errorsIn(write)).toContain(message);
      expect(taken).toEqual([report(2), report(3)]);
      write.mockClear();
    }
    write.mockRestore();
  });

  it('is read from no other server, wherever a response redirects to', async () => {
    const elsewhere = await startS3();
    const app = await appWith(Reports);
    elsewhere.store.put('payloads', 'reports/a', { body: Buffer.from(JSON.stringify(report(1))), type: '' });
    const location = `${elsewhere.endpoint}/payloads/reports/a`;
    s3.faults.push({ status: 307, code: 'TemporaryRedirect', location });
    expect(await failures(app, messages([stored()]))).toEqual(['m0']);
    expect([taken, elsewhere.requests]).toEqual([[], []]);
    await elsewhere.close();
  });

  it('is not what was written: its checksum differs', async () => {
    const wire = await startWire();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SQS: wire.endpoint,
      REPORTS_QUEUE_URL: `${wire.endpoint}/123456789012/reports`,
    });
    const always = new PayloadBucket('payloads', { prefix: 'reports/', threshold: 0 });
    const messaging = MessagingModule.forRoot({ queues: { reports: { message: Report, largePayloads: always } } });
    const app = createApp({ imports: [messaging], providers: [Reports] });
    await app.ready();
    await app.get<Queue<Report>>(getQueueToken('reports')).send(report(1));
    const body = String(wire.calls[0]!.entries[0]!['MessageBody']);
    await wire.close();
    s3.faults.push('corrupt');
    expect(await failures(app, messages([body]))).toEqual(['m0']);
    expect(taken).toEqual([]);
    expect(await failures(app, messages([body]))).toEqual([]);
    expect(taken).toEqual([report(1)]);
  });

  it.each(['never', 'stall'] as const)('ends with the time of the event: %s', async (fault) => {
    const app = await appWith(Reports);
    // Loads the SDK, which takes its time.
    await failures(app, messages([stored()]));
    s3.faults.push(fault);
    expect(await failures(app, messages([stored('x'.repeat(500))]), fakeContext({ remainingTime: 900 }))).toEqual([
      'm0',
    ]);
    // The connection is not left open.
    await until('the next one is read', async () => (await failures(app, messages([stored()]))).length === 0);
  });
});

it('A batch whose time is up while a payload is read fails as a whole, and its method is not called', async () => {
  const app = await appWith(BatchReports);
  await failures(app, messages([stored()]));
  taken = [];
  s3.faults.push('stall');
  const event = messages([report(1), stored('x'.repeat(500)), report(3)]);
  expect(await failures(app, event, fakeContext({ remainingTime: 900 }))).toEqual(['m0', 'm1', 'm2']);
  expect(taken).toEqual([]);
});

describe('the order of a FIFO queue', () => {
  it('ends at a payload that cannot be read', async () => {
    for (const consumer of [FifoReports, BatchReports]) {
      taken = [];
      const app = await appWith(consumer);
      const gone = pointer('payloads', 'reports/gone');
      expect(await failures(app, messages([stored(), gone, report(3)], 'reports.fifo'))).toEqual(['m1', 'm2']);
      expect(taken).toEqual([report(1)]);
    }
  });

  it('ends there for its group alone', async () => {
    const app = await appWith(FifoReports);
    const groups = ['a', 'b', 'a', 'b'];
    const bodies = [pointer('payloads', 'reports/gone'), stored(), report(3), report(4)];
    const event = messages(bodies, 'reports.fifo');
    event.Records.forEach((record, index) => (record.attributes.MessageGroupId = groups[index]!));
    expect(await failures(app, event)).toEqual(['m0', 'm2']);
    expect(taken).toEqual([report(1), report(4)]);
  });

  @Injectable()
  class FifoReports {
    @OnSqs('reports.fifo')
    @LargePayloads(payloads)
    read(@Body() one: Report) {
      taken.push(one);
    }
  }
});

describe('@LargePayloads', () => {
  it('reads from several buckets', async () => {
    process.env['BEFORE_BUCKET'] = `${s3.endpoint}/before`;
    s3.store.create('before');
    @Injectable()
    class Both {
      @OnSqs('reports')
      @LargePayloads(payloads, new PayloadBucket('before'))
      read(@Body() one: Report) {
        taken.push(one);
      }
    }
    s3.store.put('before', 'a', { body: Buffer.from(JSON.stringify(report(2))), type: '' });
    expect(await failures(await appWith(Both), messages([stored(), pointer('before', 'a')]))).toEqual([]);
    expect(taken.map((one) => (one as Report).id).toSorted()).toEqual([1, 2]);
  });

  it('closes its clients with the application', async () => {
    let destroyed = 0;
    const app = await appWith(Reports);
    await failures(app, messages([stored()]));
    const { S3Client } = await import('@aws-sdk/client-s3');
    const destroy = jest.spyOn(S3Client.prototype, 'destroy').mockImplementation(() => void destroyed++);
    await app.close();
    destroy.mockRestore();
    expect(destroyed).toBe(1);
  });

  it('needs the variable of its bucket at the bootstrap', async () => {
    delete process.env['PAYLOADS_BUCKET'];
    await expect(appWith(Reports)).rejects.toThrow('PAYLOADS_BUCKET is not set');
  });

  it.each<readonly [string, () => Constructor, string]>([
    [
      'without a bucket',
      () => {
        class Wrong {
          @OnSqs('reports')
          @((LargePayloads as unknown as () => MethodDecorator)())
          read() {}
        }
        return Wrong;
      },
      'Wrong.read: @LargePayloads takes the buckets to read from',
    ],
    [
      'with the name of one',
      () => {
        class Wrong {
          @OnSqs('reports')
          @LargePayloads('payloads' as unknown as PayloadBucket)
          read() {}
        }
        return Wrong;
      },
      'Wrong.read: @LargePayloads takes the buckets to read from',
    ],
    [
      'twice',
      () => {
        class Wrong {
          @OnSqs('reports')
          @LargePayloads(payloads)
          @LargePayloads(payloads)
          read() {}
        }
        return Wrong;
      },
      'Wrong.read: @LargePayloads is there twice',
    ],
    [
      'on a consumer of something else',
      () => {
        class Wrong {
          @OnS3({ bucket: 'reports' })
          @LargePayloads(payloads)
          read() {}
        }
        return Wrong;
      },
      "Wrong.read names LargePayloadsGuard, which is @For('sqs', 'sns') and would never run there: its events are s3",
    ],
    [
      'on a route',
      () => {
        class Wrong {
          @Get()
          @LargePayloads(payloads)
          read() {}
        }
        return Wrong;
      },
      "Wrong.read names LargePayloadsGuard, which is @For('sqs', 'sns') and would never run there: its events are http",
    ],
  ])('%s fails the bootstrap', async (_, declare, message) => {
    const type = declare();
    Controller()(type);
    await expect(createApp({ controllers: [type] }).ready()).rejects.toThrow(message);
  });
});
