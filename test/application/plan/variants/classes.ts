// oxlint-disable unicorn/consistent-function-scoping -- each application has classes and functions of its own
import 'reflect-metadata';
import { Controller, For, Get, Inject, Injectable, OnSqs, UseGuards } from '../../../../src/index.js';
import { type Variants, moduleOf, withController } from './variant.js';

/** Classes, and what they extend. */
export const classesVariants: Variants = {
  'parent behind an undecorated class': (on) => {
    @Controller('a')
    class A {
      @Get('a') a() {
        return 1;
      }
    }
    @Controller('b')
    class B {
      @Get('b') b() {
        return 2;
      }
    }
    class Middle extends ((on ? A : B) as never as new () => object) {}
    @Controller('c')
    class C extends Middle {}
    return withController(C);
  },
  mixin: (on) => {
    @Injectable()
    class D {}
    @Injectable()
    class E {}
    @Injectable()
    class A {
      constructor(readonly d: D) {}
    }
    @Injectable()
    class B {
      constructor(readonly e: E) {}
    }
    const mixin = (Base: new (...args: never[]) => object) => class extends Base {};
    @Injectable()
    class S extends mixin((on ? A : B) as never) {}
    return moduleOf({ providers: [D, E, S] });
  },
  'an overriding method hides a route': (on) => {
    class Base {
      @Get('m') m() {
        return 1;
      }
      @Get('n') n() {
        return 1;
      }
    }
    let T: Function;
    if (on) {
      @Controller('c')
      class C extends Base {}
      T = C;
    } else {
      @Controller('c')
      class C extends Base {
        override m() {
          return 2;
        }
      }
      T = C;
    }
    return withController(T);
  },
  'constructor of a subclass': (on) => {
    @Injectable()
    class D {}
    @Injectable()
    class A {
      constructor(readonly d: D) {}
    }
    let T: Function;
    if (on) {
      @Injectable()
      class S extends A {}
      T = S;
    } else {
      @Injectable()
      class S extends A {
        constructor() {
          super({} as D);
        }
      }
      T = S;
    }
    return moduleOf({ providers: [D, T] });
  },
  'constructor of an undecorated subclass': (on) => {
    @Injectable()
    class D {}
    @Injectable()
    class A {
      constructor(readonly d?: D) {}
    }
    const passing = (Base: typeof A) => class extends Base {};
    const fixed = (Base: typeof A) =>
      class extends Base {
        constructor() {
          super();
        }
      };
    return moduleOf({ providers: [D, { provide: 'made', useClass: (on ? passing : fixed)(A) }] });
  },
  'constructor of a subclass whose members alone are decorated': (on) => {
    @Injectable()
    class D {}
    @Injectable()
    class A {
      constructor(readonly d?: D) {}
    }
    const passing = () => {
      class S extends A {
        @Inject() other!: D;
      }
      return S;
    };
    const fixed = () => {
      class S extends A {
        @Inject() other!: D;
        constructor() {
          super();
        }
      }
      return S;
    };
    return moduleOf({ providers: [D, { provide: 'made', useClass: (on ? passing : fixed)() }] });
  },
  'constructor of an undecorated class': (on) => {
    const taking = () => {
      class Store {
        constructor(readonly name: string) {}
      }
      return Store;
    };
    const other = () => {
      class Store {}
      return Store;
    };
    return moduleOf({ providers: [{ provide: 'store', useClass: (on ? taking : other)() }] });
  },
  'a method that makes a class an enhancer': (on) => {
    let G: Function;
    if (on) {
      class Guard {
        canActivate() {
          return true;
        }
      }
      G = Guard;
    } else {
      class Guard {
        canActivate: unknown;
        constructor() {
          this.canActivate = () => true;
        }
      }
      G = Guard;
    }
    @Controller('c')
    @UseGuards(G as never)
    class C {
      @Get() get() {
        return 1;
      }
    }
    return withController(C);
  },
  'enhancer class of another name': (on) => {
    class Guard1 {
      canActivate() {
        return true;
      }
    }
    class Guard2 {
      canActivate() {
        return true;
      }
    }
    @Controller('c')
    @UseGuards(on ? Guard1 : Guard2)
    class C {
      @Get() get() {
        return 1;
      }
    }
    return withController(C);
  },
  'enhancer classes of one name from a factory': (on) => {
    const make = () =>
      class Guard {
        canActivate() {
          return true;
        }
      };
    const [a, b] = [make(), make()];
    @Controller('c')
    @UseGuards(on ? a : b)
    class C {
      @Get() get() {
        return 1;
      }
      @Get('b') @UseGuards(b) b() {
        return 1;
      }
    }
    return withController(C);
  },
  'instances of classes of one name for other events': (on) => {
    const a = (() => {
      @For('http')
      class Guard {
        canActivate() {
          return true;
        }
      }
      return Guard;
    })();
    const b = (() => {
      @For('sqs')
      class Guard {
        canActivate() {
          return true;
        }
      }
      return Guard;
    })();
    @Controller('c')
    class C {
      @Get() @OnSqs('q') @UseGuards(new (on ? a : b)()) get() {
        return 1;
      }
    }
    return withController(C);
  },
  'dispose method': (on) => {
    let T: Function;
    if (on) {
      @Injectable()
      class S {
        @OnSqs('q') dispose() {
          return 1;
        }
      }
      T = S;
    } else {
      @Injectable()
      class S {
        @OnSqs('q') other() {
          return 1;
        }
        dispose() {}
      }
      T = S;
    }
    return moduleOf({ providers: [T] });
  },
};
