import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../src/contracts/app-tokens.js';
import type {
  CallHandler,
  CanActivate,
  ExceptionFilter,
  ExecutionContext,
  Interceptor,
  PipeTransform,
} from '../../src/contracts/pipeline.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { type DynamicModule, lazy, type ModuleMetadata } from '../../src/shared/module.js';
import { forwardRef } from '../../src/shared/token.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';

const under = (metadata: ModuleMetadata, options: ApplicationOptions = {}) =>
  Test.createTestingModule(metadata, options);
const ask = async (app: TestingApplication, url = '/') => (await app.inject({ url })).json();

@Injectable()
class Gate implements CanActivate {
  async canActivate(_context: ExecutionContext): Promise<boolean> {
    return false;
  }
}
class Stamp implements Interceptor {
  async intercept(_context: ExecutionContext, next: CallHandler) {
    return `stamped ${String(await next.handle())}`;
  }
}
class Shout implements PipeTransform<string, string> {
  transform(value: string) {
    return value.toUpperCase();
  }
}
@Catch(RangeError)
class Excuse implements ExceptionFilter<RangeError> {
  catch({ message }: RangeError): unknown {
    return `excuse: ${message}`;
  }
}

const open = { canActivate: () => true };
const plain: Interceptor = { intercept: (_context, next) => next.handle() };
const whisper = { transform: (value: unknown) => String(value).toLowerCase() };
const silence = { catch: () => 'nothing happened' };

describe('an override of an enhancer', () => {
  @Controller()
  @UseGuards(Gate)
  @UseInterceptors(Stamp)
  @UsePipes(Shout)
  @UseFilters(Excuse)
  class Named {
    @Get() get(@Query('word') word: string) {
      return word;
    }
    @Get('fails') fails() {
      throw new RangeError('too far');
    }
    @Get('piped') piped(@Query('word', Shout) word: string) {
      return word;
    }
  }

  test('takes the place of a class that a controller names and nobody provides', async () => {
    const guarded = await under({ controllers: [Named] }).compile();
    expect((await guarded.inject({ url: '/?word=Hi' })).statusCode).toBe(403);
    const opened = await under({ controllers: [Named] })
      .overrideGuard(Gate)
      .useValue(open)
      .compile();
    expect([await ask(opened, '/?word=Hi'), await ask(opened, '/fails')]).toEqual(['stamped HI', 'excuse: too far']);
    const builder = under({ controllers: [Named] })
      .overrideGuard(Gate)
      .useValue(open);
    builder
      .overrideInterceptor(Stamp)
      .useValue(plain)
      .overridePipe(Shout)
      .useValue(whisper)
      .overrideFilter(Excuse)
      .useValue(silence);
    const other = await builder.compile();
    expect([await ask(other, '/?word=Hi'), await ask(other, '/piped?word=Hi'), await ask(other, '/fails')]).toEqual([
      'hi',
      'hi',
      'nothing happened',
    ]);
  });

  @Controller()
  class Open {
    @Get() get(@Query('word') word: string) {
      return word;
    }
    @Get('fails') fails() {
      throw new RangeError('too far');
    }
  }
  const appWide = [
    { provide: APP_GUARD, useClass: Gate },
    { provide: APP_INTERCEPTOR, useClass: Stamp },
    { provide: APP_PIPE, useClass: Shout },
    { provide: APP_FILTER, useClass: Excuse },
  ];
  const options = { guards: [Gate], interceptors: [Stamp], pipes: [Shout], filters: [Excuse] };
  const existing = [Gate, { provide: APP_GUARD, useExisting: Gate }];

  test.each([
    ['provided under an APP_ token', { controllers: [Open], providers: appWide }, {}],
    ['in the options of create', { controllers: [Open] }, options],
  ])('takes the place of a class %s', async (_, metadata, given) => {
    const builder = under(metadata, given)
      .overrideGuard(Gate)
      .useValue(open)
      .overrideInterceptor(Stamp)
      .useValue(plain);
    const app = await builder.overridePipe(Shout).useValue(whisper).overrideFilter(Excuse).useValue(silence).compile();
    expect([await ask(app, '/?word=Hi'), await ask(app, '/fails')]).toEqual(['hi', 'nothing happened']);
  });

  test('takes the place of what an APP_ token is another name of', async () => {
    const app = await under({ controllers: [Open], providers: existing })
      .overrideGuard(Gate)
      .useValue(open)
      .compile();
    expect(await ask(app, '/?word=Hi')).toBe('Hi');
  });

  test('leaves the others under the same APP_ token as they are', async () => {
    class Second extends Gate {}
    const providers = [
      { provide: APP_GUARD, useClass: Gate },
      { provide: APP_GUARD, useClass: Second },
    ];
    const app = await under({ controllers: [Open], providers })
      .overrideGuard(Gate)
      .useValue(open)
      .compile();
    expect((await app.inject({ url: '/' })).statusCode).toBe(403);
  });

  test('may be a class with dependencies of its own, or a factory', async () => {
    class Keys {
      known = 'abc';
    }
    @Injectable()
    class KeyGuard implements CanActivate {
      constructor(private readonly keys: Keys) {}
      canActivate(context: ExecutionContext) {
        return context.request!.headers['key'] === this.keys.known;
      }
    }
    const builder = () =>
      under({ controllers: [Named], providers: [Keys] })
        .overrideInterceptor(Stamp)
        .useValue(plain)
        .overrideGuard(Gate);
    const factory = { useFactory: (keys: Keys) => new KeyGuard(keys), inject: [Keys] };
    for (const app of [await builder().useClass(KeyGuard).compile(), await builder().useFactory(factory).compile()]) {
      const answers = [
        await app.inject({ url: '/?word=a', headers: { key: 'abc' } }),
        await app.inject({ url: '/?word=a' }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 403]);
    }
  });

  test('counts for consumers, too', async () => {
    const taken: unknown[] = [];
    @Injectable()
    @UseGuards(Gate)
    class Consumer {
      @OnSqs('orders') take(@Body() body: unknown) {
        taken.push(body);
      }
    }
    const app = await under({ providers: [Consumer] })
      .overrideGuard(Gate)
      .useValue(open)
      .compile();
    await app.handler(events.sqs('orders', ['one']), fakeContext());
    expect(taken).toEqual(['one']);
  });

  test('of something that nobody uses is an error', async () => {
    @Controller()
    class Unguarded {
      @Get() get() {
        return 'free';
      }
    }
    const builder = under({ controllers: [Unguarded] })
      .overrideGuard(Gate)
      .useValue(open);
    await expect(builder.compile()).rejects.toThrow(
      'The override of Gate replaces nothing: no module of the test provides or names it.',
    );
  });

  test('of something that is named as an instance says so', async () => {
    @Controller()
    @UseGuards(new Gate())
    class Guarded {
      @Get() get() {
        return 'closed';
      }
    }
    @Controller()
    class Piped {
      @Get() get(@Query('word', new Shout()) word: string) {
        return word;
      }
    }
    const builder = under({ controllers: [Guarded] })
      .overrideGuard(Gate)
      .useValue(open);
    await expect(builder.compile()).rejects.toThrow(
      "Guarded names an instance of it, which can't be replaced: name the class instead.",
    );
    const piped = under({ controllers: [Piped] })
      .overridePipe(Shout)
      .useValue(whisper);
    await expect(piped.compile()).rejects.toThrow('Piped names an instance of it');
  });
});

describe('an override of a module', () => {
  class Table {
    name = 'real';
  }
  class FakeTable extends Table {
    override name = 'fake';
  }
  const connected = jest.fn();

  @Module({ providers: [Table, { provide: 'connection', useFactory: connected }], exports: [Table] })
  class DatabaseModule {
    static forRoot(region: string): DynamicModule {
      return { module: DatabaseModule, providers: [{ provide: 'region', useValue: region }], exports: ['region'] };
    }
  }
  @Module({
    providers: [
      { provide: Table, useClass: FakeTable },
      { provide: 'region', useValue: 'nowhere' },
    ],
    exports: [Table, 'region'],
  })
  class FakeDatabaseModule {}
  @Module({ imports: [DatabaseModule], exports: [DatabaseModule] })
  class DataModule {}

  @Controller()
  class Names {
    constructor(private readonly table: Table) {}
    @Get() get() {
      return this.table.name;
    }
  }

  beforeEach(() => connected.mockReset());

  const faked = (imports: ModuleMetadata['imports'] & object) =>
    under({ imports, controllers: [Names] })
      .overrideModule(DatabaseModule)
      .useModule(FakeDatabaseModule)
      .compile();

  test.each([
    ['imported', [DatabaseModule]],
    ['passed on by another', [DataModule]],
    ['imported twice', [DataModule, DatabaseModule]],
    ['imported beside what takes its place', [FakeDatabaseModule, DatabaseModule]],
    ['a dynamic one', [DatabaseModule.forRoot('eu-central-1')]],
    ['a promised one', [Promise.resolve(DatabaseModule.forRoot('eu-central-1'))]],
    ['behind a forwardRef', [forwardRef(() => DatabaseModule)]],
  ])('takes its place where it is %s, and makes nothing of it', async (_, imports) => {
    const app = await faked(imports);
    expect(await ask(app)).toBe('fake');
    expect(connected).not.toHaveBeenCalled();
  });

  test('does not wait for what the replaced one waits for', async () => {
    @Module({ imports: [Promise.reject(new Error('no network'))] })
    class RemoteModule {}
    @Module({})
    class LocalModule {}
    await expect(
      under({ imports: [RemoteModule] })
        .overrideModule(RemoteModule)
        .useModule(LocalModule)
        .compile(),
    ).resolves.toBeDefined();
  });

  test('takes its place in modules that are loaded later', async () => {
    @Module({ imports: [DatabaseModule], controllers: [Names] })
    class ReportsModule {}
    const later = under({ imports: [lazy('reports', () => ReportsModule)] });
    const app = await later.overrideModule(DatabaseModule).useModule(FakeDatabaseModule).compile();
    expect(await ask(app, '/reports')).toBe('fake');
  });

  test('may be a dynamic module of the same class', async () => {
    const quiet = { module: DatabaseModule, providers: [{ provide: Table, useClass: FakeTable }] };
    const app = await under({ imports: [DataModule], controllers: [Names] })
      .overrideModule(DatabaseModule)
      .useModule(quiet)
      .compile();
    expect(await ask(app)).toBe('fake');
  });

  test('may be of one dynamic module among several', async () => {
    const [one, two] = [DatabaseModule.forRoot('one'), DatabaseModule.forRoot('two')];
    @Module({ imports: [one] })
    class OneModule {}
    @Module({ imports: [two] })
    class TwoModule {}
    await under({ imports: [OneModule, TwoModule] })
      .overrideModule(one)
      .useModule(FakeDatabaseModule)
      .compile();
    expect(connected).toHaveBeenCalledTimes(1);
  });

  test('that nobody imports is an error', async () => {
    @Module({})
    class DatabasModule {}
    const builder = under({ imports: [DataModule] })
      .overrideModule(DatabasModule)
      .useModule(FakeDatabaseModule);
    await expect(builder.compile()).rejects.toThrow(
      'overrideModule(DatabasModule) replaces nothing: no module of the test imports it. Did you mean DatabaseModule',
    );
    const other = under({ imports: [DatabaseModule.forRoot('one')] })
      .overrideModule(DatabaseModule.forRoot('one'))
      .useModule(FakeDatabaseModule);
    await expect(other.compile()).rejects.toThrow(
      'DatabaseModule is imported as another dynamic module: pass the class to replace all of them.',
    );
  });

  test('by something that is no module is an error', async () => {
    const builder = under({ imports: [DatabaseModule] })
      .overrideModule(DatabaseModule)
      .useModule(FakeTable);
    await expect(builder.compile()).rejects.toThrow(
      'What was given to useModule for DatabaseModule is FakeTable, which is not a module',
    );
  });
});

describe('an override that is no provider', () => {
  class Clock {
    now() {
      return 1;
    }
  }
  const override = (definition: object) => {
    const builder = under({ providers: [Clock] }).overrideProvider(Clock);
    return 'factory' in definition
      ? builder.useFactory(definition as never)
      : builder.useClass((definition as { useClass: never }).useClass);
  };

  test.each([
    [
      { factory: () => ({ now: () => 2 }) },
      'the override (Clock): a provider has exactly one of useClass, useValue, useFactory, useExisting; this one has none.',
    ],
    [{ useClass: undefined }, 'the override (Clock): useClass must be a class, not undefined.'],
  ])('is an error: %p', async (definition, message) => {
    await expect(override(definition).compile()).rejects.toThrow(message);
  });
});
