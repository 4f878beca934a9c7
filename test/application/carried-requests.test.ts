import { IsInt } from 'class-validator';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import type { BatchOptions } from '../../src/application/options/record-options.js';
import { OnMq, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body, Param } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

class Order {
  @IsInt()
  amount!: number;
}

const seen: unknown[] = [];

@Controller('orders')
class OrdersController {
  @Get(':id')
  find(@Param('id') id: string): string {
    seen.push(`find ${id}`);
    if (id === 'missing') throw new NotFoundException();
    if (id === 'broken') throw new Error('Broken');
    return id;
  }

  @Post('', { status: 201 })
  create(order: Order): Order {
    seen.push(order);
    return order;
  }

  @Get('locked/door')
  @UseGuards({ canActivate: () => false })
  locked(): void {
    seen.push('locked');
  }
}

class Messages {
  @OnSqs('orders')
  @OnSns('orders')
  @OnMq('orders')
  handle(@Body() body: unknown): void {
    seen.push(['message', body]);
  }
}

const gateways = {
  'payload 1.0': events.apiGatewayV1,
  'payload 2.0': events.apiGatewayV2,
  'an ALB': events.alb,
};

const carriers = {
  sqs: (contents: readonly unknown[]) => events.sqs('requests', contents),
  sns: (contents: readonly unknown[]) => events.sns('requests', contents),
  activeMq: (contents: readonly unknown[]) => events.activeMq('requests', contents),
  rabbitMq: (contents: readonly unknown[]) => events.rabbitMq('requests', contents),
};

const requestsVia = { sqs: ['requests'], sns: ['requests'], mq: ['requests'] };

function handle(event: object, options: ApplicationOptions = {}): Promise<unknown> {
  const app = createApp(
    { controllers: [OrdersController], providers: [Messages] },
    { ...quiet, requestsVia, ...options },
  );
  return app.handler(event, fakeContext());
}

async function failed(bodies: readonly unknown[], batch: BatchOptions = {}): Promise<number[]> {
  const event = events.sqs('requests', bodies);
  const ids = identifiersOf(event);
  return namedIn(await handle(event, { batch })).map((identifier) => ids.indexOf(identifier));
}

beforeEach(() => {
  seen.length = 0;
});
afterEach(() => jest.restoreAllMocks());

describe.each(Object.entries(gateways))('a request of %s in a message', (_, request) => {
  it.each(Object.entries(carriers))('of %s goes through the routes', async (_name, carry) => {
    await handle(
      carry([request({ url: '/orders/42' }), request({ method: 'POST', url: '/orders', payload: { amount: 3 } })]),
    );
    expect(seen).toEqual(['find 42', { amount: 3 }]);
    expect(seen[1]).toBeInstanceOf(Order);
  });

  it('is a failure of the message when it is answered with 5xx or throws, and none with 4xx', async () => {
    const urls = ['/orders/42', '/orders/missing', '/orders/broken', '/nowhere', '/orders/locked/door'];
    expect(await failed(urls.map((url) => request({ url })))).toEqual([2]);
    expect(seen).toEqual(['find 42', 'find missing', 'find broken']);
  });

  it('is a failure with 4xx too where the application says so', async () => {
    const invalid = request({ method: 'POST', url: '/orders', payload: { amount: 'many' } });
    expect(
      await failed([request({ url: '/orders/42' }), request({ url: '/orders/missing' }), invalid], {
        clientErrors: 'fail',
      }),
    ).toEqual([1, 2]);
  });
});

describe('a request in a message', () => {
  it('has an access-log line of its own, and no other', async () => {
    const stdout = captureStdout();
    const event = events.sqs('requests', [events.apiGatewayV2({ url: '/orders/missing' })]);
    await handle(event, { accessLog: true, logger: undefined });
    const lines = stdout.lines();
    expect(lines.map(({ type }) => type)).toEqual(['access', 'batch']);
    expect(lines[0]).toMatchObject({ method: 'GET', path: '/orders/missing', status_code: 404, level: 'warning' });
  });

  it('fails the invocation of a source that can not be told of single messages', async () => {
    await expect(handle(events.sns('requests', [events.apiGatewayV2({ url: '/orders/broken' })]))).rejects.toThrow(
      'Broken',
    );
    const app = handle(events.activeMq('requests', [events.apiGatewayV2({ url: '/orders/broken' })]), {
      unhandledErrors: 'respond',
    });
    await expect(app).rejects.toThrow('The request in the message got the status 500');
  });

  it.each(['{"httpMethod":', '{"httpMethod":5,"path":"/x"}', '"requestContext"', 'null', '[]', '{"Records":[]}', ''])(
    'is no request when it is %s',
    async (text) => {
      expect(await failed([text])).toEqual([0]);
    },
  );

  it('that is none says so, and by what its queue is declared', async () => {
    await expect(handle(events.sns('requests', [events.s3()]))).rejects.toThrow(
      /^This message of sns "requests" carries no request of API Gateway, .*: it is an object with Records .*"aws:s3".* The option requestsVia declares that it would\.$/,
    );
  });

  it.each(Object.entries(gateways))('of %s never comes to a queue that is not named', async (_, request) => {
    const sent = JSON.parse(JSON.stringify(request({ url: '/orders/42' }))) as unknown;
    await handle(events.sqs('orders', [sent]));
    expect(seen).toEqual([['message', sent]]);
    const result = await handle(events.sqs('others', [request({ url: '/orders/42' })]));
    expect(namedIn(result)).toHaveLength(1);
    expect(seen).toHaveLength(1);
  });

  it('comes to no queue at all unless the application says so', async () => {
    const result = await handle(events.sqs('requests', [events.apiGatewayV2({ url: '/orders/42' })]), {
      requestsVia: {},
    });
    expect([namedIn(result), seen]).toEqual([[expect.any(String)], []]);
  });

  it('comes to queues whose names begin alike, where the application says so', async () => {
    await handle(events.sqs('requests-eu', [events.apiGatewayV2({ url: '/orders/42' })]), {
      requestsVia: { sqs: ['requests-*'] },
    });
    expect(seen).toEqual(['find 42']);
  });

  it('stands in the order of its group', async () => {
    const bodies = ['/orders/1', '/orders/broken', '/orders/2'].map((url) => events.apiGatewayV2({ url }));
    const result = await handle(events.sqs('requests.fifo', bodies), { requestsVia: { sqs: ['requests.fifo'] } });
    expect([namedIn(result).length, seen]).toEqual([2, ['find 1', 'find broken']]);
  });
});
