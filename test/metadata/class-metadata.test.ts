import { Catch, UseFilters, UseGuards, UsePipes } from '../../src/decorators/enhancers.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Body, Param, Query } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Header, HttpCode, Post, Redirect, Version } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { ownClassMetadata } from '../../src/metadata/class-metadata.js';
import { mergedMetadata } from '../../src/metadata/merged-metadata.js';
import { constructorTypes, parameterTypes, propertyType, returnType } from '../../src/metadata/reflection.js';
import { Scope } from '../../src/shared/provider.js';

const guard = (name: string) => ({ name, canActivate: () => true });
const [a, b, c, d] = [guard('a'), guard('b'), guard('c'), guard('d')];
const noop = () => undefined;
const pipe = { transform: (value: unknown) => value };

function guardsOf(type: abstract new () => unknown): unknown[] {
  return mergedMetadata(type).enhancers.guards.map((one) => (one as { name: string }).name);
}

describe('the record of a class', () => {
  it('takes nothing of a static method, and says which one that is', () => {
    class Wrong {
      static list() {}
    }
    expect(() => Get()(Wrong, 'list', {})).toThrow(
      'Wrong.list is static: routes, parameters and enhancers are for instance methods.',
    );
  });

  it('names the setting that is missing where the compiler emits standard decorators', () => {
    const standard = Get() as unknown as (method: unknown, context: object) => void;
    expect(() => standard(noop, { kind: 'method', name: 'list' })).toThrow(
      'The compiler emits standard decorators: set "experimentalDecorators" in tsconfig.json.',
    );
  });

  it('is empty for a class that no decorator spoke of, and is not kept', () => {
    class Plain {}
    expect(mergedMetadata(Plain)).toMatchObject({
      enhancers: { guards: [], interceptors: [], pipes: [], filters: [] },
    });
    expect(mergedMetadata(Plain).methods.size).toBe(0);
    expect(mergedMetadata(Plain)).not.toBe(mergedMetadata(Plain));
  });

  it('stays with its class where the members of that are copied to another', () => {
    @Controller('orders')
    class Orders {}
    class Copy {}
    Object.assign(Copy, Orders);
    expect(Object.keys(Orders)).toEqual([]);
    expect(mergedMetadata(Copy).controller).toBeUndefined();
  });

  it('holds what every decorator of the class and its methods said', () => {
    @Controller({ path: ['a', 'b'], version: '2', scope: Scope.REQUEST })
    @UseGuards(a)
    @Timeout(3)
    class Full {
      @Get('x', { status: 202 })
      @Header('x-one', '1')
      @Header('x-two', '2')
      @Version(['1', '2'])
      @UsePipes(pipe)
      @Timeout(1)
      method(@Query('q', pipe) _q: string, @Param() _params: object, @Optional() @Inject('T') _t: unknown) {}
    }
    const { controller, enhancers, timeout, methods } = mergedMetadata(Full);
    expect(controller).toEqual({ paths: ['a', 'b'], versions: ['2'], scope: Scope.REQUEST });
    expect([enhancers.guards, timeout]).toEqual([[a], 3]);
    const method = methods.get('method')!;
    expect(method).toMatchObject({
      routes: [{ method: 'GET', paths: ['x'] }],
      statusCode: 202,
      versions: ['1', '2'],
      timeout: 1,
      enhancers: { pipes: [pipe] },
    });
    expect(method.headers.map(([name]) => name).toSorted()).toEqual(['x-one', 'x-two']);
    expect(method.parameters).toEqual(
      new Map<number, unknown>([
        [0, { kind: 'query', key: 'q', pipes: [pipe] }],
        [1, { kind: 'param', pipes: [] }],
        [2, { kind: 'inject', token: 'T', optional: true, pipes: [] }],
      ]),
    );
  });

  it('holds every route of a method that has several', () => {
    class Several {
      @Get(['a', 'b']) @Post() @All('c') @HttpCode(201) @Redirect('/elsewhere', 301) method() {}
    }
    const { routes, statusCode, redirect } = mergedMetadata(Several).methods.get('method')!;
    expect(routes.toSorted((one, other) => one.method.localeCompare(other.method))).toEqual([
      { method: 'ALL', paths: ['c'] },
      { method: 'GET', paths: ['a', 'b'] },
      { method: 'POST', paths: [''] },
    ]);
    expect([statusCode, redirect]).toEqual([201, { location: '/elsewhere', statusCode: 301 }]);
  });

  it('lists what is bound first first: in one decorator as they stand, of several the lowest', () => {
    @UseGuards(a, b)
    @UseGuards(c)
    @UseGuards(d)
    class Stacked {}
    expect(guardsOf(Stacked)).toEqual(['d', 'c', 'a', 'b']);
  });
});

describe('the record of a subclass', () => {
  @Controller('base')
  @UseGuards(a)
  @UseFilters({ catch: () => 'base' })
  abstract class Base {
    @Inject('P') property!: unknown;
    @Get('kept') @UseGuards(b) kept(@Query('q') _q: string) {}
    @Get('again') @UseGuards(b) again(@Query('q') _q: string) {}
    @Get('bare') bare() {}
  }

  it('has what its parent says, where it says nothing itself', () => {
    class Silent extends Base {}
    const { controller, properties, methods } = mergedMetadata(Silent);
    expect([controller?.paths, guardsOf(Silent), [...properties.keys()]]).toEqual([['base'], ['a'], ['property']]);
    expect([...methods.keys()]).toEqual(['kept', 'again', 'bare']);
  });

  it('wins with its own word, but keeps the guards and the like of its parent before its own', () => {
    @Controller('own')
    @UseGuards(c)
    class Own extends Base {}
    expect(mergedMetadata(Own).controller?.paths).toEqual(['own']);
    expect(guardsOf(Own)).toEqual(['a', 'c']);
    expect(mergedMetadata(Own).enhancers.filters).toHaveLength(1);
    expect(guardsOf(Base)).toEqual(['a']);
  });

  it('takes nothing of a method that it declares again', () => {
    class Again extends Base {
      @Post('again') override again() {}
      override bare() {}
    }
    const { methods } = mergedMetadata(Again);
    expect(methods.get('again')).toMatchObject({
      routes: [{ method: 'POST', paths: ['again'] }],
      enhancers: { guards: [] },
      parameters: new Map(),
    });
    expect(methods.has('bare')).toBe(false);
    expect(methods.get('kept')?.parameters.size).toBe(1);
  });

  it('does not write to its parent, nor to its siblings', () => {
    class One extends Base {
      @Get('one') one() {}
    }
    class Other extends Base {}
    expect(mergedMetadata(One).methods.has('one')).toBe(true);
    expect(mergedMetadata(Other).methods.has('one')).toBe(false);
    expect(mergedMetadata(Base).methods.has('one')).toBe(false);
  });

  it('has the constructor parameters of the class that declares the constructor', () => {
    @Injectable()
    class Parent {
      constructor(@Inject('A') readonly first: unknown) {}
    }
    class WithoutConstructor extends Parent {}
    class WithConstructor extends Parent {
      constructor(
        readonly added: string,
        @Inject('B') readonly second: unknown,
      ) {
        super(second);
      }
    }
    expect([...mergedMetadata(WithoutConstructor).injections]).toEqual([[0, { token: 'A' }]]);
    expect([...mergedMetadata(WithConstructor).injections]).toEqual([[1, { token: 'B' }]]);
  });

  it('catches what its parent catches, unless it says otherwise', () => {
    @Catch(TypeError)
    class Filter {}
    class Below extends Filter {}
    @Catch()
    class Everything extends Filter {}
    expect(mergedMetadata(Below).catches).toEqual([TypeError]);
    expect(mergedMetadata(Everything).catches).toEqual([]);
  });
});

describe('two copies of the package', () => {
  it('write one record', () => {
    let Other: typeof Get = Get;
    jest.isolateModules(() => {
      Other = (require('../../src/decorators/routes.js') as { Get: typeof Get }).Get;
    });
    class Mixed {
      @Get('here') here() {}
      @Other('there') there() {}
    }
    expect(Other).not.toBe(Get);
    expect([...ownClassMetadata(Mixed).methods.keys()]).toEqual(['here', 'there']);
  });
});

describe('what the compiler emitted', () => {
  @Injectable()
  class Emitted {
    @Inject() list!: Map<string, string>;
    constructor(readonly date: Date) {}
    @Get() method(@Query('n') _n: number, @Body() _body: Date): string {
      return '';
    }
    undecorated(_n: number) {}
  }
  class Below extends Emitted {}

  it('is read for constructors, methods and properties, inherited ones included', () => {
    for (const type of [Emitted, Below]) {
      expect(constructorTypes(type)).toEqual([Date]);
      expect(parameterTypes(type.prototype, 'method')).toEqual([Number, Date]);
      expect(returnType(type.prototype, 'method')).toBe(String);
      expect(propertyType(type.prototype, 'list')).toBe(Map);
    }
  });

  it('is not there for what carries no decorator', () => {
    expect(parameterTypes(Emitted.prototype, 'undecorated')).toBeUndefined();
    expect(propertyType(Emitted.prototype, 'date')).toBeUndefined();
    expect(constructorTypes(class {})).toBeUndefined();
    // A constructor with parameters of its own has not its parent's types.
    expect(
      constructorTypes(
        class extends Emitted {
          constructor(readonly other: string) {
            super(new Date(other));
          }
        },
      ),
    ).toBeUndefined();
  });
});
