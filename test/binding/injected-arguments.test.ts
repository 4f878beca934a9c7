import { Logger } from '../../src/contracts/logger.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Query } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Request } from '../../src/http/request/request.js';
import { Response } from '../../src/http/response/response.js';
import { Scope } from '../../src/shared/provider.js';
import { forwardRef, InjectionToken, type Ref } from '../../src/shared/token.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { answer, bootstrapFailure, serve, SOURCES } from './serve.js';

let made = 0;

@Injectable()
class Shared {
  readonly number = (made += 1);
}

@Injectable({ scope: Scope.REQUEST })
class PerEvent {
  readonly number = (made += 1);
  constructor(readonly request: Request) {}
}

@Injectable({ scope: Scope.TRANSIENT })
class Transient {
  readonly number = (made += 1);
}

const NAME = new InjectionToken<string>('NAME');

describe('a parameter with @Inject', () => {
  it('is given the one instance, the event’s, or one of its own', async () => {
    @Controller()
    class Scopes {
      @Get()
      get(
        @Inject() shared: Shared,
        @Inject(PerEvent) first: PerEvent,
        @Inject() second: PerEvent,
        @Inject() one: Transient,
        @Inject() other: Transient,
        @Query('n') n: number,
      ) {
        return {
          shared: shared.number,
          sameInEvent: first === second,
          path: first.request.path,
          event: first.number,
          own: one !== other,
          n,
        };
      }
    }
    const app = await serve(Scopes, { providers: [Shared, PerEvent, Transient] });
    const get = () => app.inject({ url: '/?n=1' }).then((response) => response.json<Record<string, unknown>>());
    const [before, after] = [await get(), await get()];
    expect(before).toMatchObject({ sameInEvent: true, path: '/', own: true, n: 1 });
    expect(after['shared']).toBe(before['shared']);
    expect(after['event']).not.toBe(before['event']);
  });

  it('takes tokens of every kind, and references that are read later', async () => {
    const symbol = Symbol('symbol');
    @Controller()
    class Tokens {
      @Get()
      get(
        @Inject(NAME) name: string,
        @Inject('text') text: string,
        @Inject(symbol) value: number,
        @Inject(forwardRef(() => Shared)) shared: Ref<Shared>,
      ) {
        return [name, text, value, shared instanceof Shared];
      }
    }
    const providers = [
      { provide: NAME, useFactory: async () => 'Ada' },
      { provide: 'text', useValue: 'text' },
      { provide: symbol, useFactory: (name: string) => name.length, inject: [NAME] },
      Shared,
    ];
    expect(await answer(await serve(Tokens, { providers }), { url: '/' })).toEqual([200, ['Ada', 'text', 3, true]]);
  });

  it('may be missing where it is optional, in either order of the decorators', async () => {
    @Controller()
    class Optionals {
      @Get()
      get(
        @Optional() @Inject(NAME) a: string | undefined,
        @Inject(NAME) @Optional() b: string | undefined,
        @Optional() c: Shared,
      ) {
        return [a === undefined, b === undefined, c === undefined];
      }
    }
    expect(await answer(await serve(Optionals), { url: '/' })).toEqual([200, [true, true, true]]);
    const providers = [Shared, { provide: NAME, useValue: 'x' }];
    expect(await answer(await serve(Optionals, { providers }), { url: '/' })).toEqual([200, [false, false, false]]);
  });

  it('is not touched by pipes, nor checked where its class has rules', async () => {
    const pipe = { transform: () => 'changed' };
    @Controller()
    class Untouched {
      @Get() get(@Inject() shared: Shared) {
        return shared instanceof Shared;
      }
    }
    expect(await answer(await serve(Untouched, { providers: [Shared], pipes: [pipe] }), { url: '/' })).toEqual([
      200,
      true,
    ]);
  });

  it('without a provider fails the bootstrap, naming class, method, parameter and the fix', async () => {
    @Controller()
    class Missing {
      @Get() get(@Query('q') _q: string, @Inject() _shared: Shared) {}
    }
    const message = await bootstrapFailure(Missing);
    for (const word of ['Missing', 'get', 'Shared', 'providers of TestingModule']) expect(message).toContain(word);
    expect(message).toMatch(/parameter 2/);
  });

  it('whose creation fails responds with that error', async () => {
    const providers = [
      {
        provide: NAME,
        scope: Scope.REQUEST,
        useFactory: async () => {
          throw new Error('no name today');
        },
      },
    ];
    @Controller()
    class Failing {
      @Get() get(@Inject(NAME) name: string) {
        return name;
      }
    }
    const app = await serve(Failing, { providers });
    captureStdout();
    await expect(app.inject({ url: '/' })).rejects.toThrow('no name today');
    jest.restoreAllMocks();
  });
});

describe.each(SOURCES)('without a decorator, from %s', (source) => {
  it('Request, Response, Logger and AbortSignal are recognized by their types', async () => {
    @Controller()
    class ByType {
      @Get(':id')
      get(response: Response, logger: Logger, request: Request, signal: AbortSignal) {
        response.statusCode = 202;
        response.headers['x-id'] = String(request.params['id']);
        logger.info('called');
        return { aborted: signal.aborted, same: signal === request.signal };
      }
    }
    const app = await serve(ByType);
    const answered = await app.inject({ source, url: '/7' });
    const [line] = app.logs;
    expect([answered.statusCode, answered.headers['x-id'], answered.json()]).toEqual([
      202,
      '7',
      { aborted: false, same: true },
    ]);
    expect(line).toMatchObject({ message: 'called', id: answered.headers['x-request-id'] });
  });

  it('the signal fires when the time is up', async () => {
    let fired: unknown;
    @Controller()
    class Slow {
      @Get()
      async get(signal: AbortSignal) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        fired = signal.reason;
      }
    }
    const app = await serve(Slow, { timeoutMargin: 0 });
    expect((await app.inject({ source, url: '/', remainingTime: 20 })).statusCode).toBe(504);
    await new Promise(setImmediate);
    expect(fired).toMatchObject({ statusCode: 504 });
  });
});
