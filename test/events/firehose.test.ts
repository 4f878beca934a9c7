import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exclude } from 'class-transformer';
import { IsInt } from 'class-validator';
import fc from 'fast-check';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnEvent, OnFirehose } from '../../src/decorators/consumers.js';
import { UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Event } from '../../src/decorators/parameters.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import { firehose } from '../../src/events/firehose.js';
import { FirehoseResult } from '../../src/events/results/firehose-result.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, invoke } from '../contracts/invocation-source.js';
import { captureStdout, type CapturedStdout } from '../logging/captured-stdout.js';

interface Answer {
  records: { recordId: string; result: string; data?: string; kafkaRecordValue?: string; metadata?: object }[];
}

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const settled = { status: 'fulfilled', value: 1 };
const three = events.firehose('clicks', [{ n: 0 }, { n: 1 }, { n: 2 }]);
const ids = three.records.map(({ recordId }) => recordId);

function transforming(handle: (body: unknown) => unknown, options?: ApplicationOptions): LambdaApplication {
  return consumerApp(OnFirehose('clicks'), handle, options);
}

async function answerOf(app: LambdaApplication, event: unknown = three): Promise<Answer['records']> {
  return ((await invoke(app, event)) as Answer).records;
}

/** The result of the only record, and the data as text. */
async function resultOf(value: unknown, options?: ApplicationOptions): Promise<[string, string | undefined]> {
  const [record] = await answerOf(
    transforming(() => value, options),
    events.firehose('clicks', ['x']),
  );
  return [record!.result, record!.data && Buffer.from(record!.data, 'base64').toString('utf8')];
}

describe('records that Firehose wants to have transformed', () => {
  it('are answered once each and in order, by what the method returned or threw for them', async () => {
    const app = transforming((body) => {
      const { n } = body as { n: number };
      if (n === 1) throw new Error('Out of stock');
      return n === 2 ? FirehoseResult.drop() : { n, page: 'é' };
    });
    expect(await answerOf(app)).toEqual([
      { recordId: ids[0], result: 'Ok', data: Buffer.from('{"n":0,"page":"é"}\n').toString('base64') },
      { recordId: ids[1], result: 'ProcessingFailed' },
      { recordId: ids[2], result: 'Dropped' },
    ]);
  });

  it('have a line in the log each, and one for the batch', async () => {
    await answerOf(transforming((body) => ((body as { n: number }).n === 1 ? undefined : body)));
    const lines = stdout.lines();
    expect(lines.filter(({ type }) => type === 'record')).toMatchObject(
      ids.map((id, index) => ({
        id,
        source: 'firehose',
        consumer: 'Consumer.take',
        status: index === 1 ? 'failed' : 'ok',
      })),
    );
    expect(lines.filter(({ type }) => type === 'batch')).toMatchObject([
      { source: 'firehose', records: 3, failed: 1, level: 'error' },
    ]);
  });

  it('are answered in order, whichever is done first', async () => {
    const gates: (() => void)[] = [];
    const app = transforming(async (body) => {
      await new Promise<void>((resolve) => {
        gates.push(resolve);
        if (gates.length === 3) for (const open of gates.toReversed()) open();
      });
      return body as object;
    });
    expect((await answerOf(app)).map(({ recordId }) => recordId)).toEqual(ids);
  });

  it('pass text and bytes on as they are, and objects and lists as lines of JSON', async () => {
    expect(await resultOf('a,b\n')).toEqual(['Ok', 'a,b\n']);
    expect(await resultOf('')).toEqual(['Ok', '']);
    expect(await resultOf(Buffer.from('bytes'))).toEqual(['Ok', 'bytes']);
    expect(await resultOf(new Uint8Array(Buffer.from('xbytes')).subarray(1))).toEqual(['Ok', 'bytes']);
    expect(await resultOf({ a: 1 })).toEqual(['Ok', '{"a":1}\n']);
    expect(await resultOf([1, null])).toEqual(['Ok', '[1,null]\n']);
    expect(await resultOf([settled])).toEqual(['Ok', '[{"status":"fulfilled","value":1}]\n']);
    const order = { status: 'rejected', reason: 'unpaid' };
    expect(await resultOf([{ ...order, id: 1 }])).toEqual(['Ok', '[{"status":"rejected","reason":"unpaid","id":1}]\n']);
    expect(await resultOf(order)).toEqual(['Ok', '{"status":"rejected","reason":"unpaid"}\n']);
    expect(await resultOf({ statusCode: 503, big: 1n })).toEqual(['Ok', '{"statusCode":503,"big":"1"}\n']);
  });

  it('are written as responses are, by decorators and with the codec of the application', async () => {
    class Click {
      page = '/';
      @Exclude() ip = '192.0.2.1';
    }
    const json = { parse: JSON.parse, stringify: (value: unknown) => JSON.stringify(value, null, 1) };
    expect(await resultOf(new Click(), { json })).toEqual(['Ok', '{\n "page": "/"\n}\n']);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['true', true],
    ['a number', 5],
    ['a function', () => 1],
    ['an error', new Error('Out of stock')],
    ['a response', new JsonResponse({})],
    ['a promise inside', { later: Promise.reject(new Error('late')) }],
    ['a generator', (function* () {})()],
    ["a result in Firehose's own format", { recordId: ids[0], result: 'Dropped', data: '' }],
    ['a result without data', FirehoseResult.ok(undefined)],
    ['a result in a result', FirehoseResult.ok(FirehoseResult.drop())],
    ['a result in an object', { drop: FirehoseResult.drop() }],
    ['what is no JSON', { toJSON: () => undefined }],
    ['an invalid date', new Date(NaN)],
    ['an object whose JSON is null', FirehoseResult.ok({ toJSON: () => null })],
    ['a rejection of plain data', [settled, { status: 'rejected', reason: 'late' }]],
  ])('fail, and are not dropped, where the method returns %s', async (_, value) => {
    expect(await resultOf(value)).toEqual(['ProcessingFailed', undefined]);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ type: 'record', status: 'failed', error_detail: expect.any(String) as string }),
    );
  });

  it('say what a method may return', async () => {
    await resultOf(undefined);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({
        error_detail: expect.stringContaining('returned undefined. Return the data') as string,
      }),
    );
  });

  it('may have partition keys', async () => {
    const app = transforming((body) => FirehoseResult.ok(body, { partitionKeys: { customer: 'c1' } }));
    expect((await answerOf(app))[0]).toEqual({
      recordId: ids[0],
      result: 'Ok',
      data: Buffer.from('{"n":0}\n').toString('base64'),
      metadata: { partitionKeys: { customer: 'c1' } },
    });
  });

  it('keep their partition keys, whatever becomes of the object meanwhile', async () => {
    const shared = { customer: '' };
    class Clicks {
      @OnFirehose('clicks')
      @UseInterceptors({
        intercept: async (_: unknown, next: { handle(): Promise<unknown> }) => {
          const result = await next.handle();
          await new Promise(setImmediate);
          return result;
        },
      } as never)
      take(@Body() { n }: { n: number }) {
        shared.customer = `c${n}`;
        return FirehoseResult.ok({ n }, { partitionKeys: shared });
      }
    }
    const results = await answerOf(createApp({ providers: [Clicks] }));
    expect(results.map(({ metadata }) => metadata)).toEqual(
      [0, 1, 2].map((n) => ({ partitionKeys: { customer: `c${n}` } })),
    );
  });

  it('that are not valid fail, even where invalid records are dropped', async () => {
    class Click {
      @IsInt() n!: number;
    }
    class Clicks {
      @OnFirehose('clicks')
      take(@Body() click: Click) {
        return click;
      }
    }
    const app = createApp({ providers: [Clicks] }, { batch: { invalid: 'drop' } });
    const event = events.firehose('clicks', [{ n: 'x' }, { n: 1 }, Buffer.from([0xff])]);
    expect((await answerOf(app, event)).map(({ result }) => result)).toEqual([
      'ProcessingFailed',
      'Ok',
      'ProcessingFailed',
    ]);
  });

  it('that a guard refuses fail, and interceptors see and change the results', async () => {
    class Clicks {
      @OnFirehose('clicks')
      @UseGuards({ canActivate: ({ record }: never) => (record as { id: string }).id !== ids[1] } as never)
      @UseInterceptors({
        intercept: async (_: unknown, next: { handle(): Promise<object> }) => ({
          ...(await next.handle()),
          seen: true,
        }),
      } as never)
      take(@Body() body: object) {
        return body;
      }
    }
    const results = await answerOf(createApp({ providers: [Clicks] }));
    expect(results.map(({ data }) => data && Buffer.from(data, 'base64').toString())).toEqual([
      '{"n":0,"seen":true}\n',
      undefined,
      '{"n":2,"seen":true}\n',
    ]);
  });

  it.each<[string, (next: { handle(): Promise<unknown> }) => unknown]>([
    ['does not wait for the method', (next) => void next.handle()],
    ['returns data meanwhile', (next) => ({ sent: [next.handle()].length })],
    ['returns next.handle without the call', (next) => next.handle],
    ['returns next', (next) => next],
  ])('fail with the method where an interceptor %s', async (_, intercept) => {
    class Clicks {
      @OnFirehose('clicks')
      @UseInterceptors({ intercept: (_context: unknown, next: never) => intercept(next) } as never)
      async take() {
        await new Promise((resolve) => setImmediate(resolve));
        throw new Error('no stock');
      }
    }
    const results = await answerOf(createApp({ providers: [Clicks] }));
    expect(results.map(({ result }) => result)).toEqual(Array(3).fill('ProcessingFailed'));
  });

  it('fail when the time of @Timeout is up', async () => {
    class Clicks {
      @OnFirehose('clicks')
      @Timeout(0.02)
      take() {
        return new Promise(() => undefined);
      }
    }
    const results = await answerOf(createApp({ providers: [Clicks] }));
    expect(results.map(({ result }) => result)).toEqual(Array(3).fill('ProcessingFailed'));
  });

  it('of a stream without a consumer fail', async () => {
    const app = consumerApp(OnFirehose('other'), () => 'x');
    expect((await answerOf(app)).map(({ result }) => result)).toEqual(Array(3).fill('ProcessingFailed'));
    expect(stdout.lines()[0]).toMatchObject({
      error_detail: expect.stringContaining('No consumer takes this firehose record of stream "clicks"') as string,
    });
  });

  it('that had no time fail', async () => {
    const app = await transforming(() => new Promise(() => undefined), { timeoutMargin: 20 }).ready();
    const { fakeContext } = await import('../../src/testing/fake-context.js');
    const { records } = (await app.handler(three, fakeContext({ remainingTime: 100 }))) as Answer;
    expect(records.map(({ result }) => result)).toEqual(Array(3).fill('ProcessingFailed'));
  });

  it('of a stream from Kafka have their data under its other name, before and after', async () => {
    const { data, ...record } = events.firehose('clicks', [{ n: 1 }]).records[0]!;
    const event = { ...three, sourceMSKArn: 'arn:aws:kafka:x', records: [{ ...record, kafkaRecordValue: data }] };
    const encoded = Buffer.from('{"n":1}\n').toString('base64');
    expect(
      await answerOf(
        transforming((body) => body),
        event,
      ),
    ).toEqual([{ recordId: record.recordId, result: 'Ok', kafkaRecordValue: encoded }]);
  });

  it('may be taken as a whole, and the result is the answer', async () => {
    class Whole {
      @OnEvent((event) => firehose.detect(event))
      take(@Event() event: typeof three) {
        return { records: event.records.map(({ recordId, data }) => ({ recordId, result: 'Ok', data })) };
      }
    }
    expect((await answerOf(createApp({ providers: [Whole] }))).map(({ recordId }) => recordId)).toEqual(ids);
  });
});

describe('a result for Firehose', () => {
  const MB = 1024 * 1024;

  it('is refused when it is larger than Lambda takes, with what to do', async () => {
    const app = transforming(() => Buffer.alloc(1.6 * MB));
    await expect(invoke(app, three)).rejects.toThrow(
      /^The result for Firehose has \d+ bytes, but Lambda takes 6 MB \(6291456 bytes\) at most\. Lower the stream's/,
    );
  });

  it('is counted with its keys and names, to the byte or a little more', () => {
    const answer = firehose.encodeResult!(
      FirehoseResult.ok('x'.repeat(1000), { partitionKeys: { customer: 'é'.repeat(1000) } }),
      JSON.stringify,
    );
    const list = (count: number) => {
      const event = events.firehose('clicks', Array<string>(count).fill('x'));
      const records = firehose.decode(event);
      return firehose.encode(
        records.map(() => ({ failed: false, value: answer })),
        records,
        event,
      );
    };
    const one = Buffer.byteLength(JSON.stringify((list(1) as Answer).records[0]));
    expect(Buffer.byteLength(JSON.stringify(list(Math.floor((6 * MB) / (one + 30)))))).toBeLessThan(6 * MB);
    expect(() => list(Math.ceil((6 * MB) / one))).toThrow('The result for Firehose');
  });
});

const RESULT = fc.oneof(
  fc.anything(),
  fc.string().map((data) => FirehoseResult.ok(data, { partitionKeys: { key: 'a' } })),
  fc.constant(FirehoseResult.drop()),
);
const RECORD = fc.oneof(
  fc.record({ recordId: fc.constantFrom('a', 'b'), data: fc.base64String() }),
  fc.record({ recordId: fc.constantFrom('a', 'b'), data: fc.anything() }, { requiredKeys: [] }),
  fc.anything(),
);

describe('whatever is in the event, and whatever a method returns,', () => {
  it('every record is answered once, in order and as Firehose takes it, or the invocation fails', async () => {
    const records = fc.array(fc.tuple(RECORD, RESULT), { maxLength: 6 });
    let results: unknown[] = [];
    const app = transforming(() => results.pop());
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        results = given.map(([, result]) => result);
        const event = { ...three, records: given.map(([record]) => record) };
        const all = event.records as { recordId?: unknown }[];
        const answered = await answerOf(app, event).catch((error: unknown) => error);
        if (!all.every((record) => typeof record?.recordId === 'string' && record.recordId !== ''))
          return expect(answered).toBeInstanceOf(Error);
        expect((answered as Answer['records']).map(({ recordId }) => recordId)).toEqual(
          all.map(({ recordId }) => recordId),
        );
        for (const one of JSON.parse(JSON.stringify(answered)) as Answer['records'])
          expect(one).toEqual({
            recordId: expect.any(String) as string,
            result: expect.stringMatching(/^(?:Ok|Dropped|ProcessingFailed)$/) as string,
            ...(one.result === 'Ok' && { data: expect.stringMatching(/^[\w+/]*={0,2}$/) as string }),
            ...(one.metadata && { metadata: { partitionKeys: { key: 'a' } } }),
          });
      }),
    );
  });
});

describe('a consumer of Firehose', () => {
  it('takes no batches at once, because each record has a result', () => {
    expect(() => OnFirehose('clicks', { batch: true } as never)).toThrow('batch');
  });
});

const folder = join(__dirname, '../../../shared/events');
const files = existsSync(folder)
  ? ['aws-lambda-go', 'aws-lambda-java-libs', 'aws-sam-cli'].flatMap((owner) =>
      readdirSync(join(folder, owner))
        .filter((file) => /^(?:kinesis-(?:kinesis-)?firehose|(?:msk_)?firehose)/.test(file))
        .map((file) => join(folder, owner, file)),
    )
  : [];

(files.length > 0 ? describe : describe.skip)(
  "AWS's samples of Firehose (skipped where ../shared/events is absent)",
  () => {
    it('are taken by it alone, and answered', async () => {
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) {
        const event = JSON.parse(readFileSync(file, 'utf8')) as typeof three;
        expect([file, detectRecordAdapters(event)]).toEqual([file, [firehose]]);
        const answer = await answerOf(
          consumerApp(OnFirehose(), (body) => JSON.stringify(body)),
          event,
        );
        expect(answer.map(({ recordId, result }) => [recordId, result])).toEqual(
          event.records.map(({ recordId }) => [recordId, 'Ok']),
        );
      }
    });
  },
);
