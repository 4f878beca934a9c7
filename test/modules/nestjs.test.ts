import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../src/contracts/app-tokens.js';
import { UseFilters, UseGuards } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { forwardRef } from '../../src/shared/token.js';
import type { Constructor } from '../../src/shared/types.js';
import { build, failureOf, rootOf } from './build-container.js';
import { NEST_MARKS, leaveMark } from './nestjs-marks.js';

// Nothing here reads what a decorator of NestJS's says: whoever has taken one is told at the start, wherever it stands.

/** Every way in which a class comes into an application. */
const WAYS: Readonly<Record<string, (type: Constructor) => ModuleMetadata>> = {
  'a provider': (type) => ({ providers: [type] }),
  'a provider under a token': (type) => ({ providers: [{ provide: 'x', useClass: type }] }),
  'a guard of everything': (type) => ({ providers: [{ provide: APP_GUARD, useClass: type as never }] }),
  'a controller': (type) => ({ controllers: [type] }),
  'a module': (type) => ({ imports: [moduleOf(type)] }),
  'a dynamic module': (type) => ({ imports: [{ module: type }] }),
  'the guard of a controller': (type) => ({ controllers: [guardedBy(type)] }),
  'the guard of a controller, as an instance': (type) => ({ controllers: [guardedBy(new type())] }),
  'the parent of a provider': (type) => ({ providers: [class Heir extends (type as Constructor<object>) {}] }),
};

function moduleOf(type: Constructor): Constructor {
  Module({})(type);
  return type;
}

function guardedBy(guard: unknown): Constructor {
  @Controller()
  @UseGuards(guard as never)
  class Guarded {
    @Get() list() {}
  }
  return Guarded;
}

/** A class that may stand anywhere. */
function classOf(): Constructor {
  class Orders {
    canActivate() {
      return true;
    }
    find() {}
  }
  Get()(Orders.prototype, 'find', Object.getOwnPropertyDescriptor(Orders.prototype, 'find')!);
  return Orders;
}

describe.each(Object.entries(WAYS))('%s with a decorator of NestJS', (_, wayIn) => {
  test.each(NEST_MARKS)('is refused by its name: $by on a $on ($key)', async (mark) => {
    const type = classOf();
    leaveMark(mark, type);
    const { name, message } = await failureOf(rootOf(wayIn(type)));
    expect(name).toBe('BootstrapError');
    expect(message).toMatch(/^Orders(\.find|\.list)? has a NestJS decorator \(.+\), which has no effect here: .+\.$/);
    const named = mark.key.startsWith('__routeArguments') ? '@Body, @Param' : mark.by.split(/[ ,({]/)[0]!;
    const ofPackage = /NestJS decorator \(of @nestjs\/[a-z-]+\)/.test(message);
    if (!ofPackage) expect(message).toContain(named);
  });

  test('is none where it is honoured, or belongs to somebody else', async () => {
    const type = classOf();
    const { find } = type.prototype as { find: object };
    for (const [key, value] of [
      ['__injectable__', true],
      ['__entryProvider__', true],
      ['scope:options', undefined],
      ['scope:options', {}],
    ] as const) {
      Reflect.defineMetadata(key, value, type);
    }
    for (const key of ['path', 'method', 'roles', 'isPublic', '__roles__', 'bulletin', 'message', 'host']) {
      SetMetadata(key, 'mine')(type);
      Reflect.defineMetadata(key, 'mine', find);
    }
    await build(rootOf(wayIn(type)));
  });
});

test('what a method that is declared anew takes the place of is no longer asked', async () => {
  const type = classOf();
  leaveMark({ by: '@Cron', on: 'function', key: 'SCHEDULE_CRON_OPTIONS', value: {} }, type);
  class Heir extends (type as Constructor<{ find(): void }>) {
    override find() {}
  }
  await build(rootOf({ providers: [Heir] }));
});

test('SetMetadata of NestJS is read by the Reflector, for it leaves the same mark as ours', () => {
  class Orders {
    find() {}
  }
  Reflect.defineMetadata('roles', ['admin'], Orders.prototype.find);
  expect(new Reflector().get('roles', Orders.prototype.find)).toEqual(['admin']);
});

describe('a module of NestJS', () => {
  class JwtModule {}
  Reflect.defineMetadata('providers', [class JwtService {}], JwtModule);
  Reflect.defineMetadata('exports', [], JwtModule);

  test.each([
    ['as a class', JwtModule],
    ['as a dynamic module', { module: JwtModule, providers: [] }],
    ['as a promised one', Promise.resolve({ module: JwtModule })],
    ['behind a forward reference', forwardRef(() => JwtModule)],
    ["that is Lambent's, too", moduleOf(class Both extends JwtModule {})],
  ])('is refused %s', async (_, entry) => {
    if (typeof entry === 'function' && entry !== JwtModule) Reflect.defineMetadata('providers', [], entry);
    const message =
      /^imports\[0\] of Root is (JwtModule|Both), whose @Module\(\) is NestJS's: import it from 'lambent' instead\.$/;
    expect((await failureOf(rootOf({ imports: [entry as never] }))).message).toMatch(message);
  });
});

describe("NestJS's tokens of everything", () => {
  const tokens = { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, APP_FILTER };

  test.each(Object.entries(tokens))('%s is the text, and means ours', async (text, token) => {
    class First {}
    class Second {}
    const container = await build(
      rootOf({ providers: [{ provide: text, useClass: First }, { provide: token, useClass: Second } as never] }),
    );
    expect(
      container.multi(token as never).map((provided) => (provided as { instance: object }).instance.constructor),
    ).toEqual([First, Second]);
  });
});

test("a filter whose @Catch is NestJS's does not catch everything", async () => {
  @Injectable()
  class Conflicts {
    catch() {}
  }
  Reflect.defineMetadata('__filterCatchExceptions__', [Error], Conflicts);
  @Controller()
  class Orders {
    @Get() @UseFilters(new Conflicts()) list() {}
  }
  expect((await failureOf(rootOf({ controllers: [Orders] }))).message).toBe(
    "Conflicts has a NestJS decorator (@Catch), which has no effect here: import it from 'lambent' instead.",
  );
});
