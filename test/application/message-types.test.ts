import { IsInt, IsString } from 'class-validator';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnS3, OnSqs, type SqsOptions } from '../../src/decorators/consumers.js';
import { Module } from '../../src/decorators/module.js';
import { Body } from '../../src/decorators/parameters.js';
import { refuseContradictions } from '../../src/deployment/refuse-contradictions.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';

class Placed {
  @IsInt()
  id!: number;
}

class Cancelled {
  @IsString()
  reason!: string;
}

const taken: string[] = [];
beforeEach(() => void taken.splice(0));

class Orders {
  @OnSqs('orders', { type: 'placed' })
  placed(order: Placed): void {
    taken.push(`placed ${order.id}`);
  }

  @OnSqs('orders', { type: 'cancelled' })
  cancelled(order: Cancelled): void {
    taken.push(`cancelled ${order.reason}`);
  }
}

class Others {
  @OnSqs('orders')
  other(@Body() body: unknown): void {
    taken.push(`other ${JSON.stringify(body)}`);
  }
}

/** What a message has as its type: text as it is sent, or any attribute, or none. */
type Attribute = string | Readonly<Record<string, unknown>> | undefined;

function message(body: unknown, type: Attribute, queue = 'orders') {
  const attribute = typeof type === 'string' ? { dataType: 'String', stringValue: type } : type;
  const messageAttributes = attribute === undefined ? {} : { type: attribute };
  return events.sqs(queue, [body], { messageAttributes } as object).Records[0]!;
}

async function handle(records: readonly object[], ...providers: Constructor[]) {
  const app = createApp({ providers }, { accessLog: false, logger: { level: 'critical' } });
  const result = (await app.handler({ Records: records }, fakeContext())) as { batchItemFailures: unknown[] };
  return result.batchItemFailures.length;
}

describe('messages with a type', () => {
  it('go to the consumers of their types, in one batch', async () => {
    const records = [
      message({ id: 1 }, 'placed'),
      message({ reason: 'late' }, 'cancelled'),
      message({ id: 2 }, 'placed'),
    ];
    expect(await handle(records, Orders)).toBe(0);
    expect(taken).toEqual(['placed 1', 'cancelled late', 'placed 2']);
  });

  it('are validated by the consumer that their type chooses', async () => {
    expect(await handle([message({ reason: 'late' }, 'placed'), message({ id: 1 }, 'cancelled')], Orders)).toBe(2);
    expect(taken).toEqual([]);
  });

  it.each<[string, Attribute]>([
    ['another type', 'shipped'],
    ['another case', 'Placed'],
    ['a space', 'placed '],
    ['a pattern', 'plac*'],
    ['a pattern for all', '*'],
    ['a member of every object', '__proto__'],
    ['no type', undefined],
    ['an empty type', { dataType: 'String', stringValue: '' }],
    ['a number', { dataType: 'Number', stringValue: 'placed' }],
    ['bytes', { dataType: 'Binary', binaryValue: 'cGxhY2Vk' }],
    ['a list', { dataType: 'String', stringValue: ['placed'] }],
    ['no value', { dataType: 'String' }],
  ])('fail if no consumer takes %s', async (_name, type) => {
    expect(await handle([message({ id: 1 }, type)], Orders)).toBe(1);
    expect(taken).toEqual([]);
  });

  it('fail with an error that names the type and the consumers', async () => {
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    await createApp({ providers: [Orders] }).handler({ Records: [message({}, 'shipped')] }, fakeContext());
    write.mockRestore();
    expect(lines.join('')).toContain('No consumer takes this sqs record of queue \\"orders\\", type \\"shipped\\".');
    expect(lines.join('')).toContain('Orders.placed (sqs, queue \\"orders\\", type \\"placed\\")');
  });

  it('go to a consumer without a type if none names theirs', async () => {
    const records = [message(1, 'shipped'), message(2, undefined), message({ id: 3 }, 'placed')];
    expect(await handle(records, Others, Orders)).toBe(0);
    expect(taken).toEqual(['other 1', 'other 2', 'placed 3']);
  });

  it('belong to their queue first: a type does not lead to the consumers of another', async () => {
    class Patterns {
      @OnSqs('orders-*', { type: 'placed' })
      any(): void {
        taken.push('a queue of the pattern');
      }

      @OnSqs('orders-eu')
      eu(): void {
        taken.push('orders-eu');
      }
    }
    expect(await handle([message({}, 'placed', 'orders-eu'), message({}, 'placed', 'orders-us')], Patterns)).toBe(0);
    expect(taken).toEqual(['orders-eu', 'a queue of the pattern']);
  });

  it('may come in batches, one of each type', async () => {
    class Batches {
      @OnSqs('orders', { type: 'placed', batch: true })
      placed(@Body(Placed) orders: Placed[]): void {
        taken.push(`placed ${orders.map(({ id }) => id).join()}`);
      }

      @OnSqs('orders', { type: 'cancelled' })
      cancelled(order: Cancelled): void {
        taken.push(`cancelled ${order.reason}`);
      }
    }
    const records = [message({ id: 1 }, 'placed'), message({ reason: 'x' }, 'cancelled'), message({ id: 2 }, 'placed')];
    expect(await handle(records, Batches)).toBe(0);
    expect(taken.toSorted()).toEqual(['cancelled x', 'placed 1,2']);
  });
});

function consumerOf(...given: Parameters<typeof OnSqs>): Constructor {
  class Consumer {
    take(): void {}
  }
  OnSqs(...given)(Consumer.prototype, 'take', Object.getOwnPropertyDescriptor(Consumer.prototype, 'take')!);
  return Consumer;
}

async function refusal(...providers: Constructor[]): Promise<string> {
  return createApp({ providers })
    .ready()
    .then(
      () => 'it started',
      ({ message: text }: Error) => text,
    );
}

describe('a type in a decorator', () => {
  it.each<[string, string | undefined, unknown]>([
    ['the type is undefined; it takes text', 'orders', { type: undefined }],
    ['the type is ""; it takes text, such as \'placed\'', 'orders', { type: '' }],
    ['the type is 5; it takes text', 'orders', { type: 5 }],
    ['types are compared as they are', 'orders', { type: 'placed*' }],
    ['but there is no queue', undefined, { type: 'placed' }],
  ])('is refused at the start: %s', async (text, queue, options) => {
    expect(await refusal(consumerOf(queue, options as SqsOptions))).toContain(text);
  });

  it('is an option of @OnSqs only by its name', () => {
    expect(() => OnSqs('orders', { typ: 'placed' } as SqsOptions)).toThrow(
      'Unknown in the options of @OnSqs: typ. It takes type, batch, concurrency.',
    );
  });

  it('is taken by one consumer', async () => {
    const twice = await refusal(consumerOf('orders', { type: 'a' }), consumerOf('orders', { type: 'a' }));
    expect(twice).toContain('both consume sqs records of queue "orders" of type "a"');
    expect(await refusal(consumerOf('orders', { type: 'a' }), consumerOf('orders', { type: 'b' }))).toBe('it started');
  });

  it.each([
    ['uploads', 'uploads'],
    ['up*', 'uploads'],
    ['uploads', 'up*'],
    ['up*', 'upl*'],
  ])('is refused where the messages of the queue carry events: %s and %s', async (queue, carrier) => {
    class Carried {
      @OnS3({ bucket: 'photos', via: { sqs: carrier } })
      take(): void {}
    }
    const typed = consumerOf(queue, { type: 'placed' });
    for (const providers of [
      [Carried, typed],
      [typed, Carried],
    ])
      expect(await refusal(...providers)).toContain('A message is handled itself, or carries events');
  });

  it('is part of the description, and of what a deployment checks', () => {
    class AppModule {}
    Module({ providers: [Orders] })(AppModule);
    const { consumers } = LambdaApplication.describe(AppModule);
    expect(consumers.map(({ criteria }) => criteria)).toEqual([
      { queue: 'orders', type: 'placed' },
      { queue: 'orders', type: 'cancelled' },
    ]);
    expect(() => refuseContradictions({ consumers: [...consumers, consumers[0]!], requestsVia: [] })).toThrow(
      'both consume',
    );
    expect(() => refuseContradictions({ consumers, requestsVia: [{ source: 'sqs', name: 'orders' }] })).toThrow(
      'carries events',
    );
  });
});
