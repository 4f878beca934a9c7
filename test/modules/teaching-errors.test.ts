import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { writeMetadata } from '../../src/metadata/reflection.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { forwardRef, InjectionToken } from '../../src/shared/token.js';
import { build, failureOf, rootOf } from './build-container.js';

class Anything {}

/** The message that a root module with `metadata` fails with; `as` lets through what the types forbid. */
async function messageFor(metadata: { [key in keyof ModuleMetadata]: readonly unknown[] }): Promise<string> {
  const error = await failureOf(rootOf(metadata as ModuleMetadata));
  expect(error.name).toBe('BootstrapError');
  return error.message;
}

describe('a mistake in a module', () => {
  @Module({})
  class SomeModule {}

  test('undefined among the imports names its place and forwardRef', async () => {
    expect(await messageFor({ imports: [SomeModule, undefined] })).toMatch(
      /^imports\[1\] of Root is undefined\. Two files that import each other.*forwardRef\(\(\) => TheModule\)/,
    );
    expect(await messageFor({ imports: [forwardRef(() => undefined)] })).toContain('imports[0] of Root is undefined');
  });

  test('a class without @Module among the imports says what to do with it', async () => {
    expect(await messageFor({ imports: [Anything] })).toBe(
      'imports[0] of Root is Anything, which is not a module: add @Module() to it, or move it to providers.',
    );
    expect(await messageFor({ imports: [{}] })).toContain('use a class with @Module() or a dynamic module');
    expect(await messageFor({ imports: [Promise.resolve(Anything)] })).toContain('Anything, which is not a module');
    expect((await failureOf(Anything)).message).toContain('The root module is Anything, which is not a module');
  });

  test('a class whose instances would be awaited is refused, wherever its method then() comes from', async () => {
    class Query {
      // oxlint-disable-next-line no-thenable -- what is refused
      then() {}
    }
    @Injectable()
    class Orders extends Query {}
    @Controller()
    class Steps {
      // oxlint-disable-next-line no-thenable -- what is refused
      @Get('then') then() {}
    }
    const message =
      'its method then() makes JavaScript take instances for promises, and wait for them. Rename the method.';
    expect(await messageFor({ providers: [Orders] })).toBe(`Orders: ${message}`);
    expect(await messageFor({ providers: [{ provide: 'orders', useClass: Orders }] })).toBe(`Orders: ${message}`);
    expect(await messageFor({ controllers: [Steps] })).toBe(`Steps: ${message}`);
  });

  test('a module among providers or controllers is sent to the imports', async () => {
    expect(await messageFor({ providers: [SomeModule] })).toBe(
      'providers[0] of Root is SomeModule, which is a module: move it to imports.',
    );
    expect(await messageFor({ controllers: [SomeModule] })).toContain(
      'SomeModule, which is a module: move it to imports',
    );
  });

  test.each([
    [undefined, 'is undefined. Two files that import each other'],
    [42, 'is not a provider'],
    [
      { provide: 'A' },
      '("A"): a provider has exactly one of useClass, useValue, useFactory, useExisting; this one has none.',
    ],
    [{ provide: 'A', useValue: 1, useClass: Anything }, 'this one has useClass and useValue.'],
    [{ provide: undefined, useValue: 1 }, 'provide is undefined.'],
    [{ provide: 'A', useClass: 'B' }, 'useClass must be a class, not B.'],
    [{ provide: 'A', useClass: {} }, 'useClass must be a class, not an object.'],
    [{ provide: 'A', useFactory: 'B' }, 'useFactory must be a function.'],
    [{ provide: 'A', useExisting: Anything, dispose: () => undefined }, 'move dispose to the provider it names'],
  ])('%p among the providers is refused with its place', async (entry, message) => {
    const said = await messageFor({ providers: [Anything, entry] });
    expect(said).toContain('providers[1] of Root');
    expect(said).toContain(message);
  });

  test('what is no class among the controllers', async () => {
    expect(await messageFor({ controllers: ['Orders'] })).toBe('controllers[0] of Root is Orders, not a class.');
  });

  test('a controller among the providers, and a provider among the controllers', async () => {
    @Controller('orders')
    class Orders {}
    expect(await messageFor({ providers: [Anything, Orders] })).toBe(
      'providers[1] of Root is Orders, which is a controller: move it to controllers.',
    );
    expect(await messageFor({ controllers: [Anything] })).toBe(
      'controllers[0] of Root is Anything, which is not a controller: add @Controller() to it, or move it to providers.',
    );
  });

  test('an export that is not there, of a provider and of a module', async () => {
    expect(await messageFor({ exports: [Anything] })).toMatch(
      /^Root exports Anything, but neither provides it nor imports a module that exports it\. Add Anything to the providers of Root/,
    );
    expect(await messageFor({ exports: [SomeModule] })).toBe(
      'Root exports SomeModule without importing it: add SomeModule to the imports of Root.',
    );
    expect(await messageFor({ exports: [undefined] })).toContain('exports[0] of Root is undefined');
  });
});

// NestJS writes metadata under names of its own, on the class or on the method's function.
describe('what comes from NestJS', () => {
  test.each([
    ['__guards__', [Anything], '@UseGuards'],
    ['__controller__', true, '@Controller'],
    ['scope:options', { scope: 2 }, '@Injectable with a scope'],
  ])('%s on a class is refused, wherever the class is listed', async (key, value, name) => {
    class Orders {}
    writeMetadata(key, value, Orders);
    const message = `Orders has a NestJS decorator (${name}), which has no effect here: import it from 'lambent' instead.`;
    expect(await messageFor({ controllers: [Orders] })).toBe(message);
    expect(await messageFor({ providers: [{ provide: 'orders', useClass: Orders }] })).toBe(message);
  });

  test.each([
    [{ __guards__: [Anything] }, '@UseGuards'],
    [{ __httpCode__: 204 }, '@HttpCode'],
    [{ path: '/', method: 0 }, '@Get, @Post or the like'],
  ])('%j on a method is refused', async (marks, name) => {
    @Controller('orders')
    class Orders {
      find() {}
    }
    for (const [key, value] of Object.entries(marks)) writeMetadata(key, value, Orders.prototype.find);
    expect(await messageFor({ controllers: [Orders] })).toContain(`Orders.find has a NestJS decorator (${name})`);
  });

  test('a decorator of a parameter is refused', async () => {
    class Orders {
      find() {}
    }
    Reflect.defineMetadata('__routeArguments__', {}, Orders, 'find');
    expect(await messageFor({ controllers: [Orders] })).toContain(
      'Orders.find has a NestJS decorator (@Body, @Param or the like)',
    );
  });

  test('what does no harm is let through: @Injectable without a scope, and metadata of the same name', async () => {
    @Controller('orders')
    class Orders {
      get list() {
        return [];
      }
      find() {}
    }
    writeMetadata('__injectable__', true, Orders);
    writeMetadata('scope:options', undefined, Orders);
    writeMetadata('method', 'find', Orders.prototype.find);
    writeMetadata('path', '/', Orders.prototype.find);
    await build(rootOf({ controllers: [Orders] }));
  });

  test('a module is told from a class without @Module', async () => {
    class OrdersModule {}
    writeMetadata('providers', [], OrdersModule);
    expect(await messageFor({ imports: [OrdersModule] })).toBe(
      "imports[0] of Root is OrdersModule, whose @Module() is NestJS's: import it from 'lambent' instead.",
    );
  });

  test('middleware is refused, for it would never run', async () => {
    @Module({})
    class OrdersModule {
      configure() {}
    }
    expect(await messageFor({ imports: [OrdersModule] })).toMatch(
      /^The module OrdersModule has a method configure\(\), where NestJS asks for middleware\. Lambent never calls it\. Use a guard/,
    );
  });
});

describe('a dependency that is not there', () => {
  const DB_URL = new InjectionToken<string>('DB_URL');

  test('names class, parameter, module, what to add, and what may have been meant', async () => {
    @Injectable()
    class Orders {
      constructor(
        readonly anything: Anything,
        @Inject(DB_URL) readonly url: string,
      ) {}
    }
    expect(await messageFor({ providers: [Anything, Orders, { provide: 'dbUrl', useValue: '' }] })).toBe(
      'Orders in Root needs InjectionToken(DB_URL) (constructor parameter 2 (url)), but nothing visible in Root provides it. ' +
        'Add InjectionToken(DB_URL) to the providers of Root, or import the module that exports it. Did you mean "dbUrl"?',
    );
  });

  test('names a property, a place in a factory, and an alias', async () => {
    class Holder {
      @Inject(DB_URL) readonly url!: string;
    }
    expect(await messageFor({ providers: [Holder] })).toContain(
      'Holder in Root needs InjectionToken(DB_URL) (property url)',
    );
    const factory = { provide: 'F', useFactory: () => 1, inject: ['there', 'missing'] };
    expect(await messageFor({ providers: [factory, { provide: 'there', useValue: 1 }] })).toContain(
      '"F" in Root needs "missing" (inject[1])',
    );
    expect(await messageFor({ providers: [{ provide: 'A', useExisting: 'B' }] })).toContain(
      '"A" in Root needs "B" (useExisting)',
    );
  });

  test('names method and parameter where a controller method injects', async () => {
    class Orders {
      list(@Inject(DB_URL) _url: string): void {}
    }
    expect(await messageFor({ controllers: [Orders] })).toContain(
      'Orders.list in Root needs InjectionToken(DB_URL) (parameter 1 (_url)), but nothing visible in Root provides it.',
    );
  });

  test('says when another class of the same name is there', async () => {
    class Request {}
    class Asking {
      constructor(readonly request: globalThis.Request) {}
    }
    Injectable()(Asking);
    writeMetadata('design:paramtypes', [globalThis.Request], Asking);
    const error = await failureOf(rootOf({ providers: [Asking] }), { builtIns: [{ token: Request, read: () => 1 }] });
    expect(error.message).toContain(
      'Another class has the same name (Request in Lambent): check which of the two the file imports.',
    );
  });

  test.each(['ModuleRef', 'DiscoveryService'])('says that NestJS has another %s', async (name) => {
    const { [name]: theirs } = { [name]: class {} };
    class Asking {
      constructor(readonly found: unknown) {}
    }
    writeMetadata('design:paramtypes', [theirs], Asking);
    expect(await messageFor({ providers: [Asking] })).toContain(
      `Another class has the same name (${name} in Lambent): check which of the two the file imports.`,
    );
  });

  test.each([
    [String, 'its type is String, which does not identify a provider'],
    [Number, 'write @Inject(TOKEN) before the parameter, or @Optional() if it has a default'],
    [Boolean, 'its type is Boolean'],
    [Object, 'an interface, a union, a class imported with "import type"'],
    [Function, 'the compiler emitted Function as its type'],
    [undefined, 'its token is undefined, because two files that import each other'],
  ])('explains a parameter of the emitted type %p', async (type, message) => {
    class Typed {
      constructor(readonly value: unknown) {}
    }
    writeMetadata('design:paramtypes', [type], Typed);
    const said = await messageFor({ providers: [Typed] });
    expect(said).toContain("Typed in Root can't be given its constructor parameter 1 (value): ");
    expect(said).toContain(message);
  });

  test('explains missing types: a class without decorators, and a compiler without emitDecoratorMetadata', async () => {
    class Bare {
      constructor(readonly value: unknown) {}
    }
    expect(await messageFor({ providers: [Bare] })).toContain('Add @Injectable() to the class');
    class Decorated {
      constructor(readonly value: unknown) {}
    }
    // As a compiler without decorator metadata leaves it.
    (Injectable() as (target: object) => void)(Decorated);
    const said = await messageFor({ providers: [Decorated] });
    expect(said).toContain('"emitDecoratorMetadata" in tsconfig.json');
    expect(said).toContain('"jsc.transform.decoratorMetadata"');
    expect(said).toContain(
      "Node's type stripping can't emit types: there, write @Inject(Token) before each parameter.",
    );
  });

  test('undefined in the inject of a factory', async () => {
    expect(await messageFor({ providers: [{ provide: 'F', useFactory: () => 1, inject: [undefined] }] })).toContain(
      '"F" in Root can\'t be given its inject[0]: its token is undefined',
    );
  });

  test('is found before anything is constructed', async () => {
    const constructed = jest.fn();
    class Eager {
      constructor() {
        constructed();
      }
    }
    await messageFor({ providers: [Eager, { provide: 'A', useExisting: 'B' }] });
    expect(constructed).not.toHaveBeenCalled();
  });

  test('a parameter with a default or without a readable source is still numbered', async () => {
    @Controller()
    class Defaulted {
      constructor(
        @Optional() readonly options: { a: number; b: number } = { a: 1, b: 2 },
        readonly missing?: Anything,
      ) {}
    }
    expect(await messageFor({ controllers: [Defaulted] })).toContain(
      'Defaulted in Root needs Anything (constructor parameter 2)',
    );
  });
});

describe('a decorator of injection where nothing can be injected', () => {
  class Static {
    @Inject('URL') static url: string;
  }
  class Method {
    @Inject('URL') url() {}
  }

  test.each([
    [Static, 'Static: @Inject() or @Optional() is on the static url: only instances get dependencies'],
    [Method, 'Method.url: @Inject() or @Optional() is on the method itself: put it on a parameter or a property.'],
  ])('is told with its place: %p', async (type, message) => {
    const { message: told } = await failureOf(rootOf({ providers: [type, { provide: 'URL', useValue: 'db://' }] }));
    expect(told).toContain(message);
  });
});
