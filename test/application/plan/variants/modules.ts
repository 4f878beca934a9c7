import 'reflect-metadata';
import { Controller, forwardRef, Get, Module } from '../../../../src/index.js';
import { type Variants, moduleOf, withController } from './variant.js';

/** Classes of their own at each call, as decorators make them at each start. */
function twoControllers() {
  @Controller('a')
  class A {
    @Get() a() {
      return 1;
    }
  }
  @Controller('b')
  class B {
    @Get() b() {
      return 1;
    }
  }
  return { A, B };
}

/** Modules, and options of the application. */
export const modulesVariants: Variants = {
  'promised module': (on) => {
    const { A, B } = twoControllers();
    @Module({})
    class M {}
    return moduleOf({ imports: [Promise.resolve({ module: M, controllers: [on ? A : B] })] });
  },
  'promised module behind forwardRef': (on) => {
    const { A, B } = twoControllers();
    @Module({})
    class M {}
    return moduleOf({
      imports: [forwardRef(() => Promise.resolve({ module: M, controllers: [on ? A : B] }) as never)],
    });
  },
  'dynamic module behind forwardRef': (on) => {
    const { A, B } = twoControllers();
    @Module({})
    class M {}
    return moduleOf({ imports: [forwardRef(() => ({ module: M, controllers: [on ? A : B] }))] });
  },
  'same dynamic module twice or two': (on) => {
    @Module({})
    class M {}
    const one = { module: M, providers: [{ provide: 'x', useFactory: () => ({}) }] };
    return moduleOf({ imports: [one, on ? one : { ...one }] });
  },
  global: (on) => {
    @Module({ providers: [{ provide: 'x', useValue: 1 }], exports: ['x'] })
    class M {}
    return moduleOf({ imports: [{ module: M, global: on }] });
  },
  'trailing slash': (on) => {
    @Controller('c')
    class C {
      @Get('a/') get() {
        return 1;
      }
    }
    return withController(C, { ignoreTrailingSlash: on });
  },
  case: (on) => {
    @Controller('c')
    class C {
      @Get('Aa') get() {
        return 1;
      }
    }
    return withController(C, { caseSensitive: on });
  },
};
