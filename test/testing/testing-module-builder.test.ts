import { Logger } from '../../src/contracts/logger.js';
import type { CanActivate } from '../../src/contracts/pipeline.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Body, Context, Event, Headers } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { Response } from '../../src/http/response/response.js';
import { lazy } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import { InjectionToken } from '../../src/shared/token.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { Test } from '../../src/testing/testing-module-builder.js';

afterEach(() => void jest.useRealTimers());

interface Settings {
  readonly region: string;
  readonly table: string;
}
const SETTINGS = new InjectionToken<Settings>('SETTINGS');

class Clock {
  now() {
    return 'real';
  }
}

@Injectable()
class Orders {
  constructor(
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}
  first() {
    return `${this.clock.now()} ${this.settings.region}`;
  }
}

@Injectable({ scope: Scope.REQUEST })
class PerEvent {}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: Orders) {}
  @Get('first') first() {
    return this.orders.first();
  }
}

const neverCalled = jest.fn(() => {
  throw new Error('the real settings were asked for');
});

@Module({
  controllers: [OrdersController],
  providers: [Orders, Clock, PerEvent, { provide: SETTINGS, useFactory: neverCalled }],
})
class OrdersModule {}

const settings = { region: 'eu-central-1' };
const overridden = () =>
  Test.createTestingModule({ imports: [OrdersModule] }, { accessLog: false })
    .overrideProvider(SETTINGS)
    .useValue(settings);

describe('a module under test', () => {
  it('has other providers in the place of its own, which are not made', async () => {
    await using app = await overridden().compile();
    expect((await app.inject({ url: '/orders/first' })).json()).toBe('real eu-central-1');
    expect(neverCalled).not.toHaveBeenCalled();
    expect(app.get(SETTINGS)).toBe(settings);
  });

  it('takes a value, a class or a factory instead of a class', async () => {
    class FakeClock extends Clock {
      override now() {
        return 'fake';
      }
    }
    const builders = [
      overridden()
        .overrideProvider(Clock)
        .useValue({ now: () => 'value' }),
      overridden().overrideProvider(Clock).useClass(FakeClock),
      overridden()
        .overrideProvider(Clock)
        .useFactory({
          useFactory: async ({ region }: Settings) => Object.assign(new Clock(), { now: () => region }),
          inject: [SETTINGS],
        }),
    ];
    const answers = [];
    for (const builder of builders) {
      await using app = await builder.compile();
      answers.push((await app.inject({ url: '/orders/first' })).json());
    }
    expect(answers).toEqual(['value eu-central-1', 'fake eu-central-1', 'eu-central-1 eu-central-1']);
  });

  it('takes the last word where there are two for one provider', async () => {
    await using app = await overridden().overrideProvider(SETTINGS).useValue({ region: 'later' }).compile();
    expect((await app.inject({ url: '/orders/first' })).json()).toBe('real later');
  });

  it('refuses to replace what nobody provides, and what is a controller', async () => {
    class Orderz {}
    const OtherClock = Object.defineProperty(class {}, 'name', { value: 'Clock' });
    const failing = (token: new () => object) => overridden().overrideProvider(token).useValue({}).compile();
    await expect(failing(Orderz)).rejects.toThrow(
      'The override of Orderz replaces nothing: no module of the test provides or names it. ' +
        'Add it to the providers of the module under test, or remove the override. Did you mean Orders',
    );
    await expect(failing(OtherClock)).rejects.toThrow('Another class has the same name (Clock in OrdersModule)');
    const controller = overridden().overrideProvider(OrdersController).useValue({});
    await expect(controller.compile()).rejects.toThrow(
      "OrdersController is a controller, which can't be overridden. Override the providers it depends on.",
    );
  });

  it('may replace what the framework provides, and a guard that a controller alone names', async () => {
    class Gate implements CanActivate {
      canActivate(): boolean {
        return false;
      }
    }
    @Controller()
    @UseGuards(Gate)
    class Guarded {
      @Get() get(logger: Logger) {
        return logger.fields;
      }
    }
    const builder = Test.createTestingModule({ controllers: [Guarded] }, { accessLog: false })
      .overrideProvider(Logger)
      .useValue({ fields: { from: 'the test' } })
      .overrideProvider(Gate)
      .useValue({ canActivate: () => true });
    await using app = await builder.compile();
    expect((await app.inject({ url: '/' })).json()).toEqual({ from: 'the test' });
  });

  it('may replace what a module that is loaded later provides', async () => {
    const builder = Test.createTestingModule({ imports: [lazy('later', () => OrdersModule)] }, { accessLog: false });
    builder
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(Clock)
      .useValue({ now: () => 'fake' });
    await using app = await builder.compile();
    expect((await app.inject({ url: '/later/orders/first' })).json()).toBe('fake eu-central-1');
  });

  it('leaves the module as it was for the next test', async () => {
    await using app = await overridden().compile();
    await app.close();
    await expect(Test.createTestingModule({ imports: [OrdersModule] }, { accessLog: false }).compile()).rejects.toThrow(
      'the real settings were asked for',
    );
  });

  it('gives its providers, and resolves those without one instance', async () => {
    await using app = await overridden().compile();
    expect(app.get(Orders).first()).toBe('real eu-central-1');
    expect(await app.resolve(PerEvent)).toBeInstanceOf(PerEvent);
    expect(() => app.get(PerEvent)).toThrow('await resolve(PerEvent) instead');
  });

  it('takes the options of create, and refuses one that does not exist', async () => {
    await using app = await Test.createTestingModule({ imports: [OrdersModule] }, { accessLog: false, basePath: '/v1' })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .compile();
    expect((await app.inject({ url: '/v1/orders/first' })).statusCode).toBe(200);
    const builder = Test.createTestingModule({}, { accessLogs: false } as object);
    await expect(builder.compile()).rejects.toThrow('Unknown in the options of LambdaApplication.create: accessLogs');
  });

  it('takes no more events once it is closed', async () => {
    const app = await overridden().compile();
    await app.close();
    await expect(app.inject({ url: '/orders/first' })).rejects.toThrow('The application is closed');
  });
});

@Controller()
class Everything {
  @Post('echo', { consumes: 'any' }) echo(@Body() body: unknown, @Headers('content-type') type: string) {
    return { body: body ?? 'nothing', type: type ?? 'none' };
  }
  @Get('event') event(@Event() event: object) {
    return Object.keys(event);
  }
  @Get('context') context(@Context() context: { awsRequestId: string; getRemainingTimeInMillis(): number }) {
    return { id: context.awsRequestId, left: context.getRemainingTimeInMillis() };
  }
  @Get('cookies') cookies(response: Response) {
    response.cookie('a', '1');
    response.cookie('b', '2', { expires: new Date(0) });
    return new Uint8Array([1, 2, 255]);
  }
  @Get('fails') fails() {
    throw new RangeError('of its own');
  }
}

const create = () =>
  Test.createTestingModule({ controllers: [Everything] }, { accessLog: false, logger: { silent: true } }).compile();

describe.each(Object.keys(httpEvents) as (keyof typeof httpEvents)[])('inject as %s', (source) => {
  it('sends JSON, text and nothing', async () => {
    await using app = await create();
    const send = async (payload: unknown, headers = {}) =>
      (await app.inject({ source, method: 'POST', url: '/echo', payload, headers })).json();
    expect(await send({ a: [1] })).toEqual({ body: { a: [1] }, type: 'application/json' });
    expect(await send('text', { 'content-type': 'text/plain' })).toEqual({ body: 'text', type: 'text/plain' });
    expect(await send(undefined)).toEqual({ body: 'nothing', type: 'none' });
  });

  it('reads cookies and bytes of the answer', async () => {
    await using app = await create();
    const { cookies, headers, rawPayload } = await app.inject({ source, url: '/cookies' });
    expect(cookies.map((cookie) => cookie.split(';')[0])).toEqual(['a=1', 'b=2']);
    expect(cookies[1]).toContain('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
    expect([headers['set-cookie'], [...rawPayload]]).toEqual([undefined, [1, 2, 255]]);
  });

  it('gives the invocation as much time as the test says', async () => {
    await using app = await create();
    jest.useFakeTimers({ advanceTimers: false, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { left } = (await app.inject({ source, url: '/context', remainingTime: 1234 })).json<{ left: number }>();
    expect(left).toBe(1234);
  });

  it('rejects with what the handler rejects with', async () => {
    await using app = await create();
    await expect(app.inject({ source, url: '/fails' })).rejects.toThrow(new RangeError('of its own'));
  });

  it('sends the event of that source', async () => {
    await using app = await create();
    expect((await app.inject({ source, url: '/event' })).json()).toEqual(
      Object.keys(JSON.parse(JSON.stringify(httpEvents[source]())) as object),
    );
  });
});

describe('inject', () => {
  it('sends an HTTP API’s event unless told otherwise, to anything that has a handler', async () => {
    const handler = jest.fn(async (event: unknown) => ({
      statusCode: 200,
      body: (event as { version: string }).version,
    }));
    expect((await inject({ handler }, { url: '/' })).payload).toBe('2.0');
  });
});

describe('fakeContext', () => {
  it('counts down to zero', async () => {
    jest.useFakeTimers();
    const context = fakeContext({ remainingTime: 15 });
    expect(context.getRemainingTimeInMillis()).toBe(15);
    jest.advanceTimersByTime(10);
    expect(context.getRemainingTimeInMillis()).toBe(5);
    jest.advanceTimersByTime(10);
    expect(context.getRemainingTimeInMillis()).toBe(0);
  });

  it('has 30 s unless told otherwise, and an id of its own', () => {
    jest.useFakeTimers();
    expect(fakeContext().getRemainingTimeInMillis()).toBe(30_000);
    expect(fakeContext().awsRequestId).not.toBe(fakeContext().awsRequestId);
  });
});
