import { IsInt, IsString } from 'class-validator';
import type { BatchOptions } from '../../src/application/options/record-options.js';
import type { SourceRecord } from '../../src/contracts/event-adapter.js';
import { OnAuthorize, OnDynamoDb, OnEvent, OnKafka, OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import { Body, Record as RawRecord } from '../../src/decorators/parameters.js';
import { ValidationException } from '../../src/errors/validation-exception.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn } from './record-sources.js';

class Order {
  @IsString()
  id!: string;

  @IsInt()
  amount!: number;
}

const BODIES = [{ id: 'a', amount: 1 }, '{"id":', { id: 'c', amount: 'many' }, { id: 'd', amount: 4 }, 'null', '[]'];
const quiet = { accessLog: false, logger: { silent: true } } as const;

function orders(queue: string): { Orders: Constructor; shipped: unknown[] } {
  const shipped: unknown[] = [];
  class Orders {
    @OnSqs(queue)
    ship(order: Order): void {
      shipped.push(order);
    }
  }
  return { Orders, shipped };
}

function batches(queue: string): { Orders: Constructor; shipped: [Order[], unknown[]][] } {
  const shipped: [Order[], unknown[]][] = [];
  class Orders {
    @OnSqs(queue, { batch: true })
    ship(@Body(Order) found: Order[], @RawRecord() records: { body: string }[]): void {
      shipped.push([found, records.map(({ body }) => body)]);
    }
  }
  return { Orders, shipped };
}

async function run(Consumer: Constructor, event: object, batch: BatchOptions = {}) {
  const result = await createApp({ providers: [Consumer] }, { ...quiet, batch }).handler(event, fakeContext());
  const ids = identifiersOf(event);
  return namedIn(result).map((identifier) => ids.indexOf(identifier));
}

afterEach(() => jest.restoreAllMocks());

describe('a record that can not be parsed or validated', () => {
  it('is a failed one, and the method sees instances of its class alone', async () => {
    const { Orders, shipped } = orders('orders');
    expect(await run(Orders, events.sqs('orders', BODIES))).toEqual([1, 2, 4, 5]);
    expect(shipped).toEqual([
      { id: 'a', amount: 1 },
      { id: 'd', amount: 4 },
    ]);
    expect(shipped.every((order) => order instanceof Order)).toBe(true);
  });

  it('has a line that says what is wrong with it', async () => {
    const stdout = captureStdout();
    const { Orders } = orders('orders');
    await createApp({ providers: [Orders] }, { batch: { concurrency: 1 } }).handler(
      events.sqs('orders', BODIES.slice(0, 3)),
      fakeContext(),
    );
    const lines = stdout.lines().filter(({ type }) => type === 'record');
    expect(lines.map(({ status, level }) => [status, level])).toEqual([
      ['ok', 'info'],
      ['failed', 'error'],
      ['failed', 'error'],
    ]);
    expect(lines[1]!['error_detail']).toMatch(/JSON/);
    expect(lines[2]!['error_detail']).toEqual([
      { loc: ['body', 'amount'], msg: 'amount must be an integer number', type: 'isInt' },
    ]);
  });

  it('is dropped with a warning where the application says so', async () => {
    const stdout = captureStdout();
    const { Orders, shipped } = orders('orders');
    const app = createApp({ providers: [Orders] }, { batch: { invalid: 'drop' } });
    const event = events.sqs('orders', BODIES.slice(0, 3));
    expect(namedIn(await app.handler(event, fakeContext()))).toEqual([]);
    expect(shipped).toHaveLength(1);
    const warnings = stdout.lines().filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message, record }) => [message, record])).toEqual(
      [1, 2].map((index) => ['Dropped an invalid record', event.Records[index]!.messageId]),
    );
    expect(warnings.map(({ error }) => error)).toEqual([
      expect.stringMatching(/^[^\n]*JSON[^\n]*$/),
      [{ loc: ['body', 'amount'], msg: 'amount must be an integer number', type: 'isInt' }],
    ]);
  });

  it.each([
    ['a direct invocation', { id: 7 }],
    ['an authorizer', events.authorizerToken()],
  ])('is never dropped where somebody waits for an answer: %s', async (_, event) => {
    class Waiting {
      @OnEvent((value) => (value as { id?: unknown }).id === 7)
      @OnAuthorize()
      answer(order: Order): boolean {
        return order.amount > 0;
      }
    }
    const app = createApp({ providers: [Waiting] }, { ...quiet, batch: { invalid: 'drop' } });
    await expect(app.handler(event, fakeContext())).rejects.toBeInstanceOf(ValidationException);
  });

  it("goes to a handler of one's own, and has failed after all when that throws", async () => {
    const seen: [unknown, unknown][] = [];
    const { Orders } = orders('orders');
    const invalid = async (record: SourceRecord, error: unknown) => {
      seen.push([record.content(), error]);
      if (record.content() === 'null') throw new Error('No room for it');
    };
    expect(await run(Orders, events.sqs('orders', BODIES), { invalid, concurrency: 1 })).toEqual([4]);
    expect(seen.map(([content]) => content)).toEqual(['{"id":', '{"id":"c","amount":"many"}', 'null', '[]']);
    expect(seen[1]![1]).toBeInstanceOf(ValidationException);
  });

  it('is not what the method itself throws: that is a failure under every policy', async () => {
    class Orders {
      @OnSqs('orders')
      ship(_order: Order): void {
        throw new ValidationException([]);
      }
    }
    expect(await run(Orders, events.sqs('orders', BODIES.slice(0, 1)), { invalid: 'drop' })).toEqual([0]);
  });

  it('ends its group, but where it is dropped', async () => {
    const event = events.sqs('orders.fifo', BODIES);
    expect(await run(orders('orders.fifo').Orders, event)).toEqual([1, 2, 3, 4, 5]);
    const { Orders, shipped } = orders('orders.fifo');
    expect(await run(Orders, event, { invalid: 'drop' })).toEqual([]);
    expect(shipped).toHaveLength(2);
  });

  it('of DynamoDB is one with an attribute of no type, which can be dropped too', async () => {
    let seen = 0;
    class Orders {
      @OnDynamoDb()
      change(@Body('newImage') _order: Order): void {
        seen += 1;
      }
    }
    const newImage = { id: 'a', amount: 1 };
    const event = events.dynamoDb('orders', [{ newImage }, { newImage }]);
    event.Records[0]!.dynamodb!.NewImage = { id: { X: '1' } as never };
    expect(await run(Orders, event)).toEqual([0]);
    expect(await run(Orders, event, { invalid: 'drop' })).toEqual([]);
    expect(seen).toBe(1);
  });
});

describe('a batch that is handed over at once', () => {
  it('leaves out what is not valid, and names it', async () => {
    const { Orders, shipped } = batches('orders');
    expect(await run(Orders, events.sqs('orders', BODIES))).toEqual([1, 2, 4, 5]);
    expect(shipped).toEqual([
      [
        [
          { id: 'a', amount: 1 },
          { id: 'd', amount: 4 },
        ],
        ['{"id":"a","amount":1}', '{"id":"d","amount":4}'],
      ],
    ]);
    expect(shipped[0]![0].every((order) => order instanceof Order)).toBe(true);
  });

  it('ends at what is not valid where order matters', async () => {
    const { Orders, shipped } = batches('orders.fifo');
    expect(await run(Orders, events.sqs('orders.fifo', BODIES))).toEqual([1, 2, 3, 4, 5]);
    expect(shipped.map(([found]) => found)).toEqual([[{ id: 'a', amount: 1 }]]);
  });

  it('goes on behind what is dropped', async () => {
    const { Orders, shipped } = batches('orders.fifo');
    expect(await run(Orders, events.sqs('orders.fifo', BODIES), { invalid: 'drop' })).toEqual([]);
    expect(shipped.map(([found]) => found.length)).toEqual([2]);
  });

  it('does not come to the method when nothing of it is valid', async () => {
    const { Orders, shipped } = batches('orders');
    expect(await run(Orders, events.sqs('orders', ['{', 'null']))).toEqual([0, 1]);
    expect(await run(Orders, events.sqs('orders', ['{', 'null']), { invalid: 'drop' })).toEqual([]);
    expect(shipped).toEqual([]);
  });

  it('has to be declared as lists, so that nothing goes unchecked', async () => {
    class Orders {
      @OnSqs('orders', { batch: true })
      ship(_order: Order): void {}
    }
    const app = createApp({ providers: [Orders] }, quiet);
    await expect(app.ready()).rejects.toThrow(
      'parameter 1 of Orders.ship: with { batch: true } it is a list with one item per record, but it is declared as Order. ' +
        'Declare it as Order[], and pass the class to the decorator to validate each item: @Body(Order).',
    );
  });
});

async function received(Consumer: new () => { got: unknown[] }, event: object): Promise<unknown[]> {
  const app = createApp({ providers: [Consumer] }, quiet);
  await app.handler(event, fakeContext());
  return app.get(Consumer).got;
}

describe('the content of a record', () => {
  it.each<[string, object, unknown]>([
    ['JSON', events.sqs('orders', ['{"a":[1]}']), { a: [1] }],
    ['text', events.sqs('orders', ['Hello']), 'Hello'],
    ['JSON in bytes', events.kinesis('clicks', ['{"a":[1]}']), { a: [1] }],
    ['bytes', events.kinesis('clicks', [Buffer.from([0xff, 0xfe])]), Buffer.from([0xff, 0xfe])],
  ])('is handed over as what it is without a type: %s', async (_name, event, expected) => {
    class Consumer {
      got: unknown[] = [];

      @OnSqs()
      @OnKinesis()
      handle(@Body() body: unknown): void {
        this.got.push(body);
      }
    }
    expect(await received(Consumer, event)).toEqual([expected]);
  });

  it('is text or bytes where the type says so', async () => {
    class Consumer {
      got: unknown[] = [];

      @OnKinesis()
      handle(@Body() text: string, @Body() bytes: Buffer, @Body('a') a: number): void {
        this.got.push(text, bytes, a);
      }
    }
    expect(await received(Consumer, events.kinesis('clicks', ['{"a":1}']))).toEqual([
      '{"a":1}',
      Buffer.from('{"a":1}'),
      1,
    ]);
  });

  it('is null for a tombstone of Kafka', async () => {
    class Consumer {
      got: unknown[] = [];

      @OnKafka()
      handle(@Body() body: { a: number } | null): void {
        this.got.push(body);
      }
    }
    expect(await received(Consumer, events.kafka('clicks', [null]))).toEqual([null]);
  });
});
