import { IsString } from 'class-validator';
import { Inject } from '../../src/decorators/injectable.js';
import { Body, Param, Query, Res, UploadedFile } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Head, Post, Version } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import type { Constructor } from '../../src/shared/types.js';
import { bootstrapFailure, serve } from './serve.js';

class Order {
  @IsString() name!: string;
}

class Customer {
  @IsString() name!: string;
}

class Plain {
  name = '';
}

/** A controller whose method has parameters of these types, as the compiler would have emitted them. */
function controllerOf(
  types: readonly unknown[] | undefined,
  { decorators = [] as ParameterDecorator[], route = Post() } = {},
): Constructor {
  class Orders {
    create(...values: unknown[]) {
      return values.length;
    }
  }
  const { prototype } = Orders;
  Object.defineProperty(prototype.create, 'length', { value: types?.length ?? 1 });
  decorators.forEach((decorate, index) => decorate(prototype, 'create', index));
  if (types) Reflect.defineMetadata('design:paramtypes', types, prototype, 'create');
  route(prototype, 'create', Object.getOwnPropertyDescriptor(prototype, 'create')!);
  Controller('orders')(Orders);
  return Orders;
}

describe('a parameter whose source is unclear fails the bootstrap', () => {
  it.each<[string, unknown, string]>([
    ['a string', String, "nothing says where this String comes from. Mark it with @Query('name'), @Param('name')"],
    ['a number', Number, 'nothing says where this Number comes from.'],
    ['a boolean', Boolean, 'nothing says where this Boolean comes from.'],
    ['a date', Date, 'nothing says where this Date comes from.'],
    ['a list', Array, 'nothing says where this Array comes from.'],
    ['an interface', Object, 'its type is an interface, a union, or a class imported with `import type`'],
    [
      'a type-only class',
      Function,
      'Import the class without `type`, or say where the value comes from with @Body(), @Query()',
    ],
    [
      'a class that is not there yet',
      undefined,
      'With swc, a default value without a type has the same effect: declare one, as in limit: number = 20.',
    ],
    [
      'the global Request',
      globalThis.Request,
      "its type is the global Request, not Lambent's. Add: import { Request } from 'lambent';",
    ],
    [
      'the global Response',
      globalThis.Response,
      "its type is the global Response, not Lambent's. Add: import { Response } from 'lambent';",
    ],
    [
      'a class without rules',
      Plain,
      'Plain has no validation decorators, so it is not assumed to be the body. Mark it with @Body() if it is',
    ],
  ])('for %s', async (_what, type, words) => {
    const message = await bootstrapFailure(controllerOf([Order, type]));
    expect(message).toMatch(/^parameter 2 of Orders\.create: /);
    expect(message).toContain(words);
  });

  it('where two classes could be the body', async () => {
    expect(await bootstrapFailure(controllerOf([Order, Customer]))).toBe(
      'Orders.create has two parameters that could be the body, Order and Customer. ' +
        'Mark one of them with @Query(), @Param() or @Body(key), or put both into one class.',
    );
  });

  it.each([
    ['GET', Get()],
    ['HEAD', Head()],
  ])('where %s would have a body', async (verb, route) => {
    expect(await bootstrapFailure(controllerOf([Order], { route }))).toBe(
      `Orders.create handles ${verb}, which has no body, but its parameter Order would be the body. ` +
        'Mark it with @Query() to read it from the query string.',
    );
  });

  it('where the compiler emitted no types', async () => {
    const message = await bootstrapFailure(controllerOf(undefined));
    expect(message).toMatch(/^Orders\.create has parameters, but the compiler emitted no types/);
    for (const word of ['emitDecoratorMetadata', 'decoratorMetadata', 'esbuild']) expect(message).toContain(word);
  });

  it('but not where a decorator says it, nor on @All', async () => {
    await serve(controllerOf([Order, Customer], { decorators: [Query()] }));
    await serve(controllerOf([Order], { decorators: [Query()], route: Get() }));
    await serve(controllerOf([Order], { route: All() }));
    await serve(controllerOf([]));
  });
});

describe('a marked parameter whose type was lost would go unchecked', () => {
  it.each<[string, unknown]>([
    ['a type-only class', Function],
    ['a class that is not there yet', undefined],
  ])('so %s fails the bootstrap', async (_what, type) => {
    const message = await bootstrapFailure(controllerOf([type], { decorators: [Body()] }));
    expect(message).toMatch(/^parameter 1 of Orders\.create: its type /);
  });

  it('unless a pipe or a schema sees to it', async () => {
    await serve(controllerOf([Function], { decorators: [Body(Order)] }));
    await serve(
      controllerOf([undefined], {
        decorators: [Param('id', { transform: (value: string) => value })],
        route: Post(':id'),
      }),
    );
  });
});

describe('what is given as a pipe', () => {
  it.each<[string, unknown, string]>([
    [
      'a class without rules and without transform',
      Plain,
      'Plain is not a pipe (it has no transform method), a class with class-validator decorators, or a Standard Schema.',
    ],
    ['an object of another kind', { parse: () => 1 }, '{ parse } is not a pipe'],
    ['undefined', undefined, 'undefined is not a pipe'],
    ['a number', 12, '12 is not a pipe'],
  ])('fails the bootstrap when it is %s', async (_what, pipe, words) => {
    const message = await bootstrapFailure(controllerOf([Object], { decorators: [Query('q', pipe as typeof Plain)] }));
    expect(message).toContain('parameter 1 of Orders.create: ');
    expect(message).toContain(words);
  });

  it('fails the bootstrap when it is options, which stand before the pipes', async () => {
    const pipe = { transform: (value: unknown) => value };
    const decorators = [UploadedFile('photo', pipe, { required: true } as never)];
    expect(await bootstrapFailure(controllerOf([Object], { decorators }))).toContain(
      'parameter 1 of Orders.create: { required } is not a pipe',
    );
  });
});

describe('a DTO whose types were lost', () => {
  class Untyped {
    name!: string;
    email!: string;
  }
  // As a file does that is evaluated before reflect-metadata: rules, and no design:type.
  IsString()(Untyped.prototype, 'name');
  IsString()(Untyped.prototype, 'email');

  it.each<[string, Constructor]>([
    ['by its type', controllerOf([Untyped])],
    ['with a decorator', controllerOf([Untyped], { decorators: [Body()] })],
    ['as a pipe', controllerOf([Object], { decorators: [Query(Untyped)] })],
    [
      'behind another pipe',
      controllerOf([Object], { decorators: [Query({ transform: (value: unknown) => value } as never, Untyped)] }),
    ],
  ])('fails the bootstrap where it is taken %s', async (_how, controller) => {
    const message = await bootstrapFailure(controller);
    expect(message).toMatch(
      /^parameter 1 of Orders\.create: Untyped has validation rules, but the types of its properties are missing\./,
    );
    expect(message).toContain("import 'reflect-metadata'");
  });

  it('is nobody’s business where it is injected', async () => {
    await serve(controllerOf([Untyped], { decorators: [Inject()] }), { providers: [Untyped] });
  });
});

describe('the other words about a route', () => {
  it.each([0, -1, Number.NaN])('@Timeout(%p) is refused when the class is evaluated', (seconds) => {
    expect(() => Timeout(seconds)).toThrow(BootstrapError);
    expect(() => Timeout(seconds)).toThrow(`@Timeout(${seconds}): it takes a number of seconds above 0`);
  });

  it('a version fails the bootstrap where the application reads none', async () => {
    @Controller({ path: 'orders', version: '2' })
    class Versioned {
      @Get() list() {
        return [];
      }
    }
    @Controller()
    class VersionedMethod {
      @Get() @Version(['1', '2']) list() {
        return [];
      }
    }
    expect(await bootstrapFailure(Versioned)).toBe(
      'Versioned.list has the version 2, but the application reads no versions. ' +
        "Pass versioning: { type: 'path' } or { type: 'header', name: 'x-api-version' } to LambdaApplication.create.",
    );
    expect(await bootstrapFailure(VersionedMethod)).toContain('VersionedMethod.list has the version 1, 2');
  });
});

it('options of @Res(), as in NestJS, are refused as unnecessary', async () => {
  const decorators = [Res({ passthrough: true } as never)];
  expect(await bootstrapFailure(controllerOf([Object], { decorators }))).toMatch(
    /\{ passthrough \} is not a pipe .* @Res\(\) needs no options: return the result, and it is sent with what you set\.$/,
  );
});

const withParam = (key: string, ...paths: string[]) =>
  controllerOf([String], { decorators: [Param(key)], route: Get(paths) });

describe('a path parameter', () => {
  it('that is in no path of the method fails the bootstrap', async () => {
    expect(await bootstrapFailure(withParam('id', ':uid', ':id2/id'))).toBe(
      `Orders.create takes @Param('id'), but its path "/orders/:uid" and "/orders/:id2/id" has no ":id": correct one of the two.`,
    );
  });

  it.each([
    ['id', ':id'],
    ['id', '{id}'],
    ['id', ':id(\\d+)'],
    ['id', '{id:\\d+}'],
    ['ext', ':name.:ext'],
    ['id', ':id?'],
    ['path', '*path?'],
    ['path', '{path+}'],
    ['*', '*'],
    ['id', ':ids/:id'],
  ])('%s is found in %s', async (key, path) => {
    await serve(withParam(key, path));
  });

  it('may be in one of several paths alone', async () => {
    await serve(withParam('id', '', ':id'));
  });
});
