import { APP_FILTER, APP_GUARD } from '../../../src/contracts/app-tokens.js';
import { UseGuards, UsePipes } from '../../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Query } from '../../../src/decorators/parameters.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { provide } from '../../../src/modules/instances/event-scope.js';
import { nameOf } from '../../../src/modules/provider-plan.js';
import { brand } from '../../../src/shared/brand.js';
import { Scope } from '../../../src/shared/provider.js';
import { InjectionToken, type Token } from '../../../src/shared/token.js';
import { build, eventOf, failureOf, rootOf } from '../build-container.js';

@Injectable()
class Clock {
  now = (): number => 1;
}

@Injectable()
class Guard {
  constructor(readonly clock: Clock) {}
  canActivate = (): boolean => true;
}

class MethodGuard {
  canActivate = (): boolean => true;
}

class ClassPipe {
  transform(value: unknown): unknown {
    return value;
  }
}

class ParameterPipe extends ClassPipe {}

class Dto {
  name = '';
}

@Controller('orders')
@UseGuards(Guard)
@UsePipes(new ClassPipe())
class Orders {
  @Get()
  @UseGuards(MethodGuard, Guard)
  list(
    @Query('id', ParameterPipe) _id: string,
    @Query('dto', Dto as never) _dto: Dto,
    @Inject(Clock) _clock: Clock,
  ): void {}
}

describe('enhancer classes of a controller', () => {
  test('need not be provided: one instance a module, with the dependencies of that module', async () => {
    const one = { module: class One {}, controllers: [Orders], providers: [Clock] };
    const two = { module: class Two {}, controllers: [Orders], providers: [Clock] };
    const container = await build(rootOf({ imports: [one, two] }));
    const guards = container.modules
      .slice(0, 2)
      .map((module) => provide(container.provided(Guard, module), eventOf('')) as Guard);
    expect(guards[0]).toBeInstanceOf(Guard);
    expect(guards[0]).not.toBe(guards[1]);
    expect(guards[0]?.clock).not.toBe(guards[1]?.clock);
    const [module] = container.modules;
    expect([...module!.injectables.values()].map(nameOf)).toEqual(['Guard', 'MethodGuard', 'ParameterPipe']);
  });

  test('are those of the module or its imports where these provide them', async () => {
    const auth = { module: class Auth {}, providers: [Guard, Clock], exports: [Guard] };
    const container = await build(rootOf({ imports: [auth], controllers: [Orders], providers: [Clock] }));
    expect(provide(container.provided(Guard, container.root), eventOf(''))).toBe(container.get(Guard));
    expect(container.root.injectables.has(Guard)).toBe(false);
  });

  test('are planned: what they lack is told like any dependency', async () => {
    const { message } = await failureOf(rootOf({ controllers: [Orders] }));
    expect(message).toContain('Guard in Root needs Clock (constructor parameter 1 (clock))');
  });

  test('can be named for the root module by options', async () => {
    const container = await build(rootOf({ providers: [Clock] }), { rootInjectables: [Guard] });
    expect(provide(container.provided(Guard, container.root), eventOf(''))).toBeInstanceOf(Guard);
  });
});

describe('APP_ tokens', () => {
  test('collect every provider of every module, those of a module before those of its imports', async () => {
    const one = { module: class One {}, providers: [{ provide: APP_GUARD, useValue: 'one' as never }] };
    const providers = [
      Clock,
      Guard,
      { provide: APP_GUARD, useExisting: Guard },
      { provide: APP_GUARD, useClass: MethodGuard, scope: Scope.REQUEST },
      { provide: APP_FILTER, useValue: 'filter' as never },
    ];
    const container = await build(rootOf({ imports: [one], providers }));
    const guards = container.multi(APP_GUARD).map((provided) => provide(provided, eventOf('')));
    expect(guards).toEqual([container.get(Guard), expect.any(MethodGuard), 'one']);
    expect(container.multi(APP_FILTER)).toHaveLength(1);
  });

  test('are the same in another copy of the package', async () => {
    class AppToken<T> extends InjectionToken<T> {}
    brand(AppToken, 'AppToken');
    const providers = [
      { provide: new AppToken('APP_GUARD'), useValue: 1 },
      { provide: APP_GUARD, useValue: 2 as never },
    ];
    expect((await build(rootOf({ providers }))).multi(APP_GUARD)).toEqual([{ instance: 1 }, { instance: 2 }]);
  });
});

describe('get and resolve', () => {
  test('see the singletons of every module, what the root sees first', async () => {
    const hidden = { module: class Hidden {}, providers: [Clock, { provide: 'both', useValue: 'hidden' }] };
    const container = await build(
      rootOf({ imports: [hidden], providers: [{ provide: 'both', useValue: 'root' }], controllers: [] }),
    );
    expect(container.get(Clock).now()).toBe(1);
    expect(container.get('both')).toBe('root');
    expect(await container.resolve('both')).toBe('root');
  });

  test('find controllers and module classes', async () => {
    @Module({ controllers: [Orders], providers: [Clock] })
    class OrdersModule {}
    const container = await build(OrdersModule);
    expect(container.get(Orders)).toBe((container.controllers()[0]!.provided as { instance: unknown }).instance);
    expect(container.get(OrdersModule)).toBeInstanceOf(OrdersModule);
  });

  test('say what may have been meant by an unknown token', async () => {
    const container = await build(rootOf({ providers: [Clock, { provide: 'ORDERS_TABLE', useValue: 1 }] }));
    expect(() => container.get('OrdersTabel')).toThrow(
      'No module provides "OrdersTabel". Did you mean "ORDERS_TABLE"?',
    );
    expect(() => container.get(class Unrelated {})).toThrow(/^No module provides Unrelated\.$/);
    await expect(container.resolve('nope')).rejects.toThrow('No module provides "nope".');
    expect(() => container.provided('nope', container.root)).toThrow(
      'Root asks for "nope", but nothing visible in Root provides it',
    );
  });
});

describe('overrides', () => {
  test('take the place of a token in every module that provides it, of enhancers and of built-ins', async () => {
    const override = { provide: Clock, useFactory: (start: number) => ({ now: () => start }), inject: ['START'] };
    const start = { provide: 'START', useValue: 9 };
    const one = { module: class One {}, controllers: [Orders], providers: [Clock, start] };
    const two = { module: class Two {}, providers: [Clock, start] };
    class Log {}
    const overrides = new Map<Token, { provide: Token; useValue: unknown } | typeof override>([
      [Clock, override],
      [Guard, { provide: Guard, useValue: 'no guard' }],
      [Log, { provide: Log, useValue: 'quiet' }],
    ]);
    const container = await build(rootOf({ imports: [one, two] }), {
      overrides: { providers: overrides as never, modules: new Map() },
      builtIns: [{ token: Log, value: 'loud' }],
    });
    const [first, second] = container.modules;
    const read = (token: Token, module = first!): unknown => provide(container.provided(token, module), eventOf(''));
    expect([read(Clock), read(Clock, second)]).toEqual([{ now: expect.any(Function) }, { now: expect.any(Function) }]);
    expect((read(Clock) as Clock).now()).toBe(9);
    expect([read(Guard), read(Log)]).toEqual(['no guard', 'quiet']);
  });
});
