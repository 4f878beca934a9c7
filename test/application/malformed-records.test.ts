import type { SourceRecord } from '../../src/contracts/event-adapter.js';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnKafka, OnKinesis, OnMq, OnS3, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body, Record as RawRecord } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { createApp } from './create-app.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

interface Numbered {
  n: number;
}

/** Hands an event to a consumer: what it was handed, and what came of it. */
async function handedOver(
  on: MethodDecorator,
  event: object,
  options: object = {},
): Promise<{ seen: number[]; result: PromiseSettledResult<unknown> }> {
  const seen: number[] = [];
  class Consumer {
    @on take(@Body() body: Numbered | Numbered[]) {
      seen.push(...[body].flat().map(({ n }) => n));
    }
  }
  const [result] = await Promise.allSettled([
    createApp({ providers: [Consumer] }, { ...quiet, ...options }).handler(event, fakeContext()),
  ]);
  return { seen, result };
}

const THREE = [{ n: 0 }, { n: 1 }, { n: 2 }];

/** The event with something else in the place of its second record. */
function withSecond<E extends { Records: unknown[] }>(event: E, second: unknown): E {
  event.Records[1] = second;
  return event;
}

function reasonOf(result: PromiseSettledResult<unknown>): string {
  return result.status === 'rejected' ? String(result.reason) : 'no reason';
}

describe('what is no record', () => {
  it('fails alone in a queue, and as it has no identifier the whole batch comes again', async () => {
    const { seen, result } = await handedOver(OnSqs('orders'), withSecond(events.sqs('orders', THREE), null));
    expect(seen).toEqual([0, 2]);
    expect(reasonOf(result)).toContain(
      'It is record 2 of 3: MalformedEventError: Records[1] is null: it should be an object',
    );
  });

  it.each([
    ['a FIFO queue', OnSqs('orders.fifo'), () => withSecond(events.sqs('orders.fifo', THREE), null)],
    [
      'a FIFO queue with several groups',
      OnSqs('orders.fifo'),
      () =>
        withSecond(
          events.sqs('orders.fifo', THREE, (n) => ({ attributes: { MessageGroupId: `g${n}` } })),
          5,
        ),
    ],
    ['a stream', OnKinesis('clicks'), () => withSecond(events.kinesis('clicks', THREE), 'text')],
    [
      'a stream, for a batch',
      OnKinesis('clicks', { batch: true }),
      () => withSecond(events.kinesis('clicks', THREE), []),
    ],
    [
      'a FIFO queue, for a batch',
      OnSqs('orders.fifo', { batch: true }),
      () => withSecond(events.sqs('orders.fifo', THREE), null),
    ],
  ])('ends what is in one order with it: %s', async (_, on, event) => {
    const { seen, result } = await handedOver(on, event());
    expect(seen).toEqual([0]);
    expect(reasonOf(result)).toContain('MalformedEventError: Records[1] is ');
  });

  it('is not handed to a batch of unordered records', async () => {
    const { seen, result } = await handedOver(
      OnSqs('orders', { batch: true }),
      withSecond(events.sqs('orders', THREE), null),
    );
    expect(seen).toEqual([0, 2]);
    expect(reasonOf(result)).toContain('Records[1] is null');
  });

  it('is not seen by guards', async () => {
    const raws: unknown[] = [];
    class Guard {
      canActivate({ record }: ExecutionContext) {
        raws.push(record.raw);
        return true;
      }
    }
    class Consumer {
      @OnSns() @UseGuards(new Guard()) take(@RawRecord() _raw: unknown) {}
    }
    const event = withSecond(events.sns('placed', THREE), null);
    await expect(createApp({ providers: [Consumer] }, quiet).handler(event, fakeContext())).rejects.toThrow(
      'Records[1] is null: it should be an object',
    );
    expect(raws).toEqual([event.Records[0], event.Records[2]]);
  });

  it('is dropped where what is invalid is', async () => {
    const { seen, result } = await handedOver(OnSqs('orders'), withSecond(events.sqs('orders', THREE), null), {
      batch: { invalid: 'drop' },
    });
    expect(seen).toEqual([0, 2]);
    expect(result).toEqual({ status: 'fulfilled', value: { batchItemFailures: [] } });
  });

  it('is told to a handler of invalid records', async () => {
    const told: unknown[] = [];
    const invalid = (record: SourceRecord, error: unknown) => void told.push([record.raw, String(error)]);
    await handedOver(OnSqs('orders'), withSecond(events.sqs('orders', THREE), 7), { batch: { invalid } });
    expect(told).toEqual([[7, 'MalformedEventError: Records[1] is a number: it should be an object']]);
  });

  it.each([null, 5, 'text', { 0: {} }])(
    'is %j in the place of a list of Kafka; the other partitions go on',
    async (list) => {
      const event = events.kafka('orders', THREE, (partition) => ({ partition }));
      event.records['orders-1'] = list as never;
      const { seen, result } = await handedOver(OnKafka('orders'), event);
      expect(seen).toEqual([0, 2]);
      expect(reasonOf(result)).toContain('MalformedEventError: records["orders-1"] is ');
    },
  );
});

describe('a malformed record', () => {
  it.each([
    [
      'ActiveMQ',
      OnMq('orders'),
      () => events.activeMq('orders', THREE, (n) => (n === 1 ? { data: 5 as never } : {})),
      'messages[1].data is a number: it should be text',
    ],
    [
      'RabbitMQ',
      OnMq('orders'),
      () => events.rabbitMq('orders', THREE, (n) => (n === 1 ? { data: {} as never } : {})),
      'rmqMessagesByQueue["orders::/"][1].data is an empty object: it should be text',
    ],
    [
      'SNS',
      OnSns(),
      () => events.sns('placed', THREE, (n) => (n === 1 ? { Sns: { Message: null as never } } : {})),
      'Records[1].Sns.Message is null: it should be text',
    ],
  ])('fails alone, and says what is wrong where: %s', async (_, on, event, message) => {
    const { seen, result } = await handedOver(on, event());
    expect(seen).toEqual([0, 2]);
    expect(reasonOf(result)).toContain(`: ${message}`);
  });

  it('fails alone by its identifier, where that is good', async () => {
    const event = events.sqs('orders', THREE, (n) => (n === 1 ? { body: true as never } : {}));
    const { seen, result } = await handedOver(OnSqs('orders'), event);
    expect(seen).toEqual([0, 2]);
    expect(result).toMatchObject({ value: { batchItemFailures: [{ itemIdentifier: event.Records[1]!.messageId }] } });
  });

  it.each([[5], [null], [{}], [undefined]])(
    'of Kinesis with the eventID %j is handled in the order of all',
    async (eventID) => {
      const event = events.kinesis('clicks', THREE, (n) => (n === 1 ? { eventID: eventID as never } : {}));
      expect(await handedOver(OnKinesis('clicks'), event)).toEqual({
        seen: [0, 1, 2],
        result: { status: 'fulfilled', value: { batchItemFailures: [] } },
      });
    },
  );

  it.each([[5], [{}], [''], [null]])('with the identifier %j is not reported by it', async (messageId) => {
    const event = events.sqs('orders', THREE, (n) => (n === 1 ? { messageId: messageId as never, body: '{' } : {}));
    const { result } = await handedOver(OnSqs('orders', {}), event);
    expect(result).toMatchObject({ status: 'fulfilled' });
  });

  it('is told by the others, where it does not say its source', async () => {
    const event = events.sqs('orders', THREE, (n) => (n === 0 ? { eventSource: 5 as never } : {}));
    expect((await handedOver(OnSqs('orders'), event)).seen).toEqual([0, 1, 2]);
  });

  it('of S3 names the member that is missing', async () => {
    const event = events.s3({ key: 'a' }, { key: 'b' });
    event.Records[1]!.s3.object = null as never;
    const { result } = await handedOver(OnS3(), event);
    expect(reasonOf(result)).toBe(
      'BadRequestException: The content of the record cannot be decoded: Records[1].s3.object.key is missing: it should be text',
    );
  });
});

describe('a malformed context', () => {
  @Controller()
  class Everything {
    @Get() get() {
      return 'got';
    }
    @Get('later') async later() {
      return new Promise((resolve) => setImmediate(() => resolve('later')));
    }
    @OnSqs() async take() {
      await new Promise(setImmediate);
    }
  }

  const contexts: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['no object', 5],
    ['empty', {}],
    ['frozen', Object.freeze({ ...fakeContext() })],
    ['without a prototype', Object.assign(Object.create(null) as object, fakeContext())],
    ...(['getRemainingTimeInMillis', 'awsRequestId', 'xRayTraceId', 'callbackWaitsForEmptyEventLoop'] as const).flatMap(
      (member) =>
        [null, 1, 'text', {}, [], '', '\n', { toString: 1 }, 'x'.repeat(100_000)].map((value): [string, unknown] => [
          `with ${member} ${JSON.stringify(value).slice(0, 20)}`,
          { ...fakeContext(), [member]: value },
        ]),
    ),
    ...[NaN, Infinity, 'text', null, undefined, {}].map((left): [string, unknown] => [
      `with ${String(left)} ms`,
      { ...fakeContext(), getRemainingTimeInMillis: () => left },
    ]),
  ];

  it.each(contexts)('fails no event: %s', async (_, context) => {
    const app = createApp({ controllers: [Everything] }, { logger: { silent: true } });
    for (const [event, wanted] of [
      [httpEvents.apiGatewayV2({ url: '/' }), { statusCode: 200, body: '"got"' }],
      [httpEvents.apiGatewayV2({ url: '/later' }), { statusCode: 200, body: '"later"' }],
      [httpEvents.alb({ url: '/later' }), { statusCode: 200, body: '"later"' }],
      [events.sqs('orders', THREE), { batchItemFailures: [] }],
    ] as const) {
      const result = await app.handler(event, context as never);
      expect(result).toMatchObject(wanted);
      const { headers = {} } = result as { headers?: Record<string, unknown> };
      expect(Object.values(headers).filter((value) => typeof value !== 'string')).toEqual([]);
    }
  });
});
