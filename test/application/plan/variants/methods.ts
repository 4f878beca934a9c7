// oxlint-disable unicorn/consistent-function-scoping -- each application has classes and functions of its own
import 'reflect-metadata';
import {
  Controller,
  Cors,
  Get,
  Injectable,
  OnEvent,
  Query,
  Scope,
  SetMetadata,
  Timeout,
  UseGuards,
} from '../../../../src/index.js';
import { type Variants, moduleOf, withController } from './variant.js';

/** What is said of methods and of their classes. */
export const methodsVariants: Variants = {
  'event predicate': (on) => {
    const f = (e: unknown) => e === 1,
      g = (e: unknown) => e === 2;
    @Injectable()
    class S {
      @OnEvent(f) a() {}
      @OnEvent(on ? f : g) b() {}
    }
    return moduleOf({ providers: [S] });
  },
  'cors on class': (on) => {
    @Controller('c')
    class C {
      @Get() get() {
        return 1;
      }
    }
    if (on) Cors({ origin: 'https://a.example' })(C);
    return withController(C);
  },
  'cors origin': (on) => {
    @Cors({ origin: on ? 'https://a.example' : 'https://b.example' })
    @Controller('c')
    class C {
      @Get() get() {
        return 1;
      }
    }
    return withController(C);
  },
  'metadata for a reflector': (on) => {
    @Controller('c')
    class C {
      @Get() @SetMetadata('x', on) get() {
        return 1;
      }
    }
    return withController(C);
  },
  scope: (on) => {
    @Injectable({ scope: on ? Scope.REQUEST : Scope.DEFAULT })
    class S {}
    return moduleOf({ providers: [S] });
  },
  'guard object with members': (on) => {
    @Controller('c')
    @UseGuards({ canActivate: () => true, secret: on ? 'a' : 'b' } as never)
    class C {
      @Get() get() {
        return 1;
      }
    }
    return withController(C);
  },
  'option guards with members': (on) => {
    @Controller('c')
    class C {
      @Get() get() {
        return 1;
      }
    }
    return withController(C, { guards: [{ canActivate: () => true, secret: on ? 'a' : 'b' } as never] });
  },
  timeout: (on) => {
    @Controller('c')
    class C {
      @Get() @Timeout(on ? 1 : 2) get() {
        return 1;
      }
    }
    return withController(C);
  },
  'method length': (on) => {
    let T: Function;
    if (on) {
      @Controller('c')
      class C {
        @Get() get() {
          return 1;
        }
      }
      T = C;
    } else {
      @Controller('c')
      class C {
        @Get() get(@Query('a') a?: string) {
          return a;
        }
      }
      T = C;
    }
    return withController(T);
  },
};
