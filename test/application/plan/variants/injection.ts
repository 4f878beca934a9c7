// oxlint-disable unicorn/consistent-function-scoping -- each application has classes and functions of its own
import 'reflect-metadata';
import { inject as tsyringeInject, injectable as tsyringeInjectable } from 'tsyringe';
import { JSON_CODEC } from '../../../../src/http/message/json.js';
import { APP_GUARD, APP_INTERCEPTOR, Inject, Injectable, InjectionToken, Module } from '../../../../src/index.js';
import { SETTINGS } from '../../../../src/settings/settings.js';
import { ProvidedToken } from '../../../../src/shared/provider.js';
import { type Variants, moduleOf } from './variant.js';

function twoServices(): { A: Function; B: Function } {
  @Injectable()
  class A {}
  @Injectable()
  class B {}
  return { A, B };
}

/** Tokens, providers and what they are given. */
export const injectionVariants: Variants = {
  'symbol tokens of one description': (on) => {
    const [a, b] = [Symbol('t'), Symbol('t')];
    @Injectable()
    class S {
      constructor(@Inject(on ? a : b) readonly x: number) {}
    }
    return moduleOf({ providers: [S, { provide: a, useValue: 1 }, { provide: b, useFactory: () => 2 }] });
  },
  'registered symbol': (on) => {
    const a = on ? Symbol.for('q') : Symbol('q');
    @Injectable()
    class S {
      constructor(@Inject(a) readonly x: number) {}
    }
    return moduleOf({ providers: [S, { provide: a, useValue: 1 }] });
  },
  'injection tokens of one description': (on) => {
    const [a, b] = [new InjectionToken('t'), new InjectionToken('t')];
    @Injectable()
    class S {
      constructor(@Inject(on ? a : b) readonly x: number) {}
    }
    return moduleOf({ providers: [S, { provide: a, useValue: 1 }, { provide: b, useFactory: () => 2 }] });
  },
  'tsyringe inject': (on) => {
    @tsyringeInjectable()
    class S {
      constructor(@tsyringeInject(on ? 'a' : 'b') readonly x: number) {}
    }
    return moduleOf({ providers: [S, { provide: 'a', useValue: 1 }, { provide: 'b', useValue: 2 }] });
  },
  'tsyringe inject optional': (on) => {
    @tsyringeInjectable()
    class S {
      constructor(@tsyringeInject('a', { isOptional: on }) readonly x: number) {}
    }
    return moduleOf({ providers: [S, ...(on ? [] : [{ provide: 'a', useValue: 1 }])] });
  },
  'type of an injected property': (on) => {
    const { A, B } = twoServices();
    @Injectable()
    class S {
      @Inject() service!: unknown;
    }
    Reflect.defineMetadata('design:type', on ? A : B, S.prototype, 'service');
    return moduleOf({ providers: [A, B, S] });
  },
  'type of an injected property, by a symbol': (on) => {
    const { A, B } = twoServices();
    const key = Symbol('service');
    @Injectable()
    class S {
      @Inject() [key]!: unknown;
    }
    Reflect.defineMetadata('design:type', on ? A : B, S.prototype, key);
    return moduleOf({ providers: [A, B, S] });
  },
  'type that a subclass declares for an injected property': (on) => {
    const { A, B } = twoServices();
    class P {
      @Inject() service!: unknown;
    }
    @Injectable()
    class S extends P {}
    Reflect.defineMetadata('design:type', A, P.prototype, 'service');
    Reflect.defineMetadata('design:type', on ? A : B, S.prototype, 'service');
    return moduleOf({ providers: [A, B, S] });
  },
  'token of global enhancers': (on) => {
    @Injectable()
    class Both {
      canActivate() {
        return true;
      }
      intercept() {
        return Promise.resolve(1);
      }
    }
    return moduleOf({ providers: [{ provide: on ? APP_GUARD : APP_INTERCEPTOR, useClass: Both }] });
  },
  'token that the framework provides': (on) => {
    @Injectable()
    class S {
      constructor(@Inject(on ? SETTINGS : JSON_CODEC) readonly x: unknown) {}
    }
    return moduleOf({ providers: [S] });
  },
  useValue: (on) => moduleOf({ providers: [{ provide: 'a', useValue: on ? 1 : 2 }] }),
  'useValue kinds': (on) => moduleOf({ providers: [{ provide: 'a', useValue: on ? { a: { b: 1 } } : null }] }),
  'useValue that may be undefined': (on) => moduleOf({ providers: [{ provide: 'a', useValue: on ? 1 : undefined }] }),
  'useValue in dynamic': (on) => {
    @Module({})
    class M {
      static forRoot() {
        return { module: M, providers: [{ provide: 'a', useValue: on ? 'x' : 'y' }] };
      }
    }
    return moduleOf({ imports: [M.forRoot()] });
  },
  'root dynamic module': (on) => {
    @Module({})
    class M {}
    return { root: { module: M, providers: [{ provide: 'a', useValue: on ? 'x' : 'y' }] } };
  },
  useExisting: (on) =>
    moduleOf({
      providers: [
        { provide: 'a', useValue: 1 },
        { provide: 'b', useValue: 2 },
        { provide: 'c', useExisting: on ? 'a' : 'b' },
      ],
    }),
  'inject of a factory': (on) =>
    moduleOf({
      providers: [
        { provide: 'a', useValue: 1 },
        { provide: 'b', useValue: 2 },
        { provide: 'c', useFactory: (x: unknown) => x, inject: [on ? 'a' : 'b'] },
      ],
    }),
  'array identity of providers': (on) => {
    const p = { provide: 'x', useFactory: () => 1 };
    @Module({ providers: [p] })
    class M {}
    return moduleOf({ imports: [M], providers: [on ? p : { ...p }] });
  },
  'factory identity': (on) => {
    const f = () => 1,
      g = () => 2;
    return moduleOf({
      providers: [
        { provide: 'a', useFactory: f },
        { provide: 'b', useFactory: on ? f : g },
      ],
    });
  },
  'provided token': (on) => {
    const t = new ProvidedToken('t', { useFactory: (x: unknown) => x, inject: [on ? 'a' : 'b'] });
    @Injectable()
    class S {
      constructor(@Inject(t as never) readonly x: number) {}
    }
    return moduleOf({ providers: [S, { provide: 'a', useValue: 1 }, { provide: 'b', useValue: 2 }] });
  },
};
