import { OnMq, OnS3, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { Controller } from '../../src/decorators/controller.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body, Param } from '../../src/decorators/parameters.js';
import { Get, Post } from '../../src/decorators/routes.js';
import type { BatchOptions } from '../../src/application/batch-options.js';
import type { ApplicationOptions } from '../../src/application/options.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { IsInt } from 'class-validator';
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
  @OnSqs('mixed')
  @OnSns('mixed')
  @OnMq('mixed')
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

function handle(event: object, options: ApplicationOptions = {}): Promise<unknown> {
  const app = createApp({ controllers: [OrdersController], providers: [Messages] }, { ...quiet, ...options });
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
    await handle(carry([request({ url: '/orders/42' }), request({ method: 'POST', url: '/orders', payload: { amount: 3 } })]));
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
    expect(await failed([request({ url: '/orders/42' }), request({ url: '/orders/missing' }), invalid], { clientErrors: 'fail' })).toEqual([1, 2]);
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

  it('goes through the routes though a consumer takes the other messages of its queue', async () => {
    await handle(events.sqs('mixed', [events.apiGatewayV2({ url: '/orders/42' }), { requestContext: 'of another kind' }]));
    expect(seen).toEqual(['find 42', ['message', { requestContext: 'of another kind' }]]);
  });

  it('fails the invocation of a source that can not be told of single messages', async () => {
    await expect(handle(events.sns('requests', [events.apiGatewayV2({ url: '/orders/broken' })]))).rejects.toThrow('Broken');
    const app = handle(events.activeMq('requests', [events.apiGatewayV2({ url: '/orders/broken' })]), { unhandledErrors: 'respond' });
    await expect(app).rejects.toThrow('The request in the message was answered with 500');
  });

  it('is no request when it only looks like one', async () => {
    expect(await failed(['{"httpMethod":', '{"httpMethod":5,"path":"/x"}', '"requestContext"'])).toEqual([0, 1, 2]);
  });
});

describe('a notification of SNS in a queue', () => {
  class Topics {
    @OnSns('placed')
    placed(@Body() body: unknown): void {
      seen.push(['sns', body]);
      if ((body as { fail?: boolean }).fail) throw new Error('Out of stock');
    }

    @OnS3()
    uploaded(): void {
      seen.push('s3');
    }
  }

  class Queue {
    @OnSqs('taken')
    handle(@Body('Type') type: string): void {
      seen.push(['sqs', type]);
    }
  }

  const run = (queue: string, bodies: readonly unknown[]) => {
    const app = createApp({ controllers: [OrdersController], providers: [Topics, Queue] }, quiet);
    return app.handler(events.sqs(queue, bodies), fakeContext());
  };

  it('goes to the topic\'s consumer where none takes the queue', async () => {
    expect(namedIn(await run('fan-out', [events.snsEnvelope('placed', { id: 1 })]))).toEqual([]);
    expect(seen).toEqual([['sns', { id: 1 }]]);
  });

  it('goes to the queue\'s consumer as it is where there is one', async () => {
    await run('taken', [events.snsEnvelope('placed', { id: 1 })]);
    expect(seen).toEqual([['sqs', 'Notification']]);
  });

  it('fails its own message alone', async () => {
    const result = await run('fan-out', [events.snsEnvelope('placed', { id: 1 }), events.snsEnvelope('placed', { fail: true })]);
    expect(namedIn(result)).toHaveLength(1);
  });

  it('may itself carry a request or a notification of S3', async () => {
    const request = events.apiGatewayV2({ url: '/orders/42' });
    expect(namedIn(await run('fan-out', [events.snsEnvelope('requests', request), events.snsEnvelope('uploads', events.s3())]))).toEqual([]);
    expect(seen).toEqual(['find 42', 's3']);
  });

  it('is a failure where nobody takes its topic', async () => {
    expect(namedIn(await run('fan-out', [events.snsEnvelope('other', { id: 1 })]))).toHaveLength(1);
  });
});

describe('an event in a message', () => {
  it('fails its message whatever its own source could be told', async () => {
    class Inner {
      @OnSqs('inner')
      handle(): void {
        throw new Error('Poison');
      }
    }
    const app = createApp({ providers: [Inner] }, quiet);
    expect(namedIn(await app.handler(events.sqs('outer', [events.sqs('inner', ['x'])]), fakeContext()))).toHaveLength(1);
  });
});
