import { IsInt, IsString } from 'class-validator';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnDynamoDb, OnEvent, OnKafka, OnKinesis, OnSqs, OnWebSocket } from '../../src/decorators/consumers.js';
import { UsePipes } from '../../src/decorators/enhancers.js';
import { Body } from '../../src/decorators/parameters.js';
import { isAppSyncResolver } from '../../src/events/appsync.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { DefaultValuePipe } from '../../src/validation/pipes/default-value-pipe.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import { createApp } from './create-app.js';

class Order {
  @IsString() id!: string;
  @IsInt() amount!: number;
}

class Key {
  @IsString() id!: string;
}

const ORDER = { id: 'a', amount: 1 };
const got: unknown[] = [];

beforeEach(() => void got.splice(0));

async function answerOf(Consumer: Constructor, event: object, options: ApplicationOptions = {}): Promise<unknown> {
  const app = createApp({ providers: [Consumer] }, { accessLog: false, logger: { silent: true }, ...options });
  return app.handler(JSON.parse(JSON.stringify(event)), fakeContext());
}

class Typed {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  take(order: Order): void {
    got.push(order);
  }
}

class Decorated {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  take(@Body() order?: Order): void {
    got.push(order);
  }
}

class Named {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  take(@Body(Order) order: unknown): void {
    got.push(order);
  }
}

class Member {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  take(@Body('order') order?: Order): void {
    got.push(order);
  }
}

class Piped {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  @UsePipes(new ValidationPipe({ whitelist: true }))
  take(@Body() order?: Order): void {
    got.push(order);
  }
}

class PipedHere {
  @OnKafka('orders')
  @OnWebSocket('$connect')
  @OnWebSocket('$disconnect')
  take(@Body(new ValidationPipe()) order?: Order): void {
    got.push(order);
  }
}

const ABSENT: [string, object, unknown][] = [
  ['a tombstone of Kafka', events.kafka('orders', [null]), { batchItemFailures: [] }],
  ['a tombstone of Kafka without the member', withoutValue(), { batchItemFailures: [] }],
  ['a connection that begins', events.webSocket({ route: '$connect' }), { statusCode: 200 }],
  ['a connection that ends', events.webSocket({ route: '$disconnect' }), { statusCode: 200 }],
];

function withoutValue(): object {
  const event = events.kafka('orders', [null]);
  for (const [record] of Object.values(event.records)) delete (record as { value?: unknown }).value;
  return event;
}

describe.each(ABSENT)('the content of %s', (_, event, answer) => {
  it.each([
    ['by its type', Typed],
    ['by @Body()', Decorated],
    ['by its class', Named],
    ['by a member', Member],
    ['through pipes', Piped],
    ['through its pipe', PipedHere],
  ])('is undefined, and no failure, where it is asked for %s', async (_name, Consumer) => {
    expect(await answerOf(Consumer, event)).toEqual(answer);
    expect(got).toEqual([undefined]);
  });

  it('is undefined where every argument is validated', async () => {
    expect(await answerOf(Decorated, event, { pipes: [new ValidationPipe()] })).toEqual(answer);
    expect(await answerOf(Decorated, event, { pipes: [ValidationPipe] })).toEqual(answer);
    expect(got).toEqual([undefined, undefined]);
  });

  it('may be made by a pipe', async () => {
    class Defaulted {
      @OnKafka('orders')
      @OnWebSocket('$connect')
      @OnWebSocket('$disconnect')
      take(@Body(Order, new DefaultValuePipe('none')) order: unknown): void {
        got.push(order);
      }
    }
    expect(await answerOf(Defaulted, event)).toEqual(answer);
    expect(got).toEqual(['none']);
  });
});

describe('the images of a change in DynamoDB', () => {
  class Projection {
    @OnDynamoDb('orders')
    project(@Body('keys') keys: Key, @Body('newImage') after?: Order, @Body('oldImage') before?: Order): void {
      got.push([keys, after, before]);
    }
  }
  const keys = { id: 'a' };

  it.each<[string, object, unknown[]]>([
    ['a removal', { keys, oldImage: ORDER }, [keys, undefined, ORDER]],
    ['an insertion', { keys, newImage: ORDER }, [keys, ORDER, undefined]],
    ['a stream of keys alone', { keys }, [keys, undefined, undefined]],
  ])('are undefined where there is none: %s', async (_name, change, expected) => {
    expect(await answerOf(Projection, events.dynamoDb('orders', [change]))).toEqual({ batchItemFailures: [] });
    expect(got).toEqual([expected]);
  });

  it('are checked where there is one', async () => {
    const event = events.dynamoDb('orders', [{ keys, newImage: { id: 'a' } }]);
    expect(await answerOf(Projection, event)).not.toEqual({ batchItemFailures: [] });
    expect(got).toEqual([]);
  });
});

describe('a question of AppSync', () => {
  class Resolver {
    @OnEvent(isAppSyncResolver())
    resolve(@Body('arguments') key: Key, @Body('source') order?: Order): void {
      got.push(key, order);
    }
  }

  it('has no object above it where it is a query', async () => {
    expect(await answerOf(Resolver, events.appSync('Query', 'order', { arguments: { id: 'a' } }))).toBeUndefined();
    expect(got).toEqual([{ id: 'a' }, undefined]);
  });

  it('has one that is checked where it is about a field', async () => {
    await answerOf(Resolver, events.appSync('Order', 'lines', { arguments: { id: 'a' }, source: ORDER }));
    expect(got).toEqual([{ id: 'a' }, ORDER]);
    await expect(
      answerOf(Resolver, events.appSync('Order', 'lines', { arguments: { id: 'a' }, source: {} })),
    ).rejects.toThrow('body.source.amount');
  });

  it('has its arguments in any case', async () => {
    await expect(answerOf(Resolver, { ...events.appSync('Query', 'order'), arguments: null })).rejects.toThrow(
      'body.arguments: arguments must be an object',
    );
  });
});

it('records of a batch keep their places', async () => {
  class Batch {
    @OnKafka('orders', { batch: true })
    take(@Body(Order) orders: (Order | undefined)[]): void {
      got.push(orders);
    }

    @OnDynamoDb('orders', { batch: true })
    project(@Body('newImage', Order) orders: (Order | undefined)[]): void {
      got.push(orders);
    }
  }
  expect(await answerOf(Batch, events.kafka('orders', [ORDER, null, ORDER]))).toEqual({ batchItemFailures: [] });
  expect(
    await answerOf(Batch, events.dynamoDb('orders', [{ newImage: ORDER }, { oldImage: ORDER }, { newImage: ORDER }])),
  ).toEqual({ batchItemFailures: [] });
  expect(got).toEqual([
    [ORDER, undefined, ORDER],
    [ORDER, undefined, ORDER],
  ]);
});

describe('what a sender has left out', () => {
  class Everyone {
    @OnSqs()
    @OnKafka()
    @OnKinesis()
    @OnWebSocket('say')
    take(@Body() order?: Order): void {
      got.push(order);
    }
  }

  class EveryMember {
    @OnSqs()
    @OnKafka()
    @OnKinesis()
    take(@Body('order') order?: Order): void {
      got.push(order);
    }
  }

  it.each<[string, object]>([
    ['null in a queue', events.sqs('orders', ['null'])],
    ['null in a topic', events.kafka('orders', ['null'])],
    ['null in a stream', events.kinesis('orders', ['null'])],
    ['no bytes in a stream', events.kinesis('orders', [''])],
  ])('is a failure: %s', async (_name, event) => {
    expect(await answerOf(Everyone, event)).toMatchObject({ batchItemFailures: [expect.anything()] });
    expect(await answerOf(EveryMember, event)).toMatchObject({ batchItemFailures: [expect.anything()] });
    expect(got).toEqual([]);
  });

  it.each<[string, object]>([
    ['a member in a queue', events.sqs('orders', [{}])],
    ['a member in a topic', events.kafka('orders', [{}])],
    ['a member in a stream', events.kinesis('orders', [{ order: null }])],
  ])('is a failure: %s', async (_name, event) => {
    expect(await answerOf(EveryMember, event)).toMatchObject({ batchItemFailures: [expect.anything()] });
    expect(got).toEqual([]);
  });

  it('is answered to a WebSocket', async () => {
    expect(await answerOf(Everyone, events.webSocket({ route: 'say' }))).toMatchObject({ statusCode: 422 });
  });
});
