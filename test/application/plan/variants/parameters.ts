import 'reflect-metadata';
import {
  Body,
  Controller,
  createParamDecorator,
  DefaultValuePipe,
  For,
  Get,
  OnSqs,
  ParseArrayPipe,
  Post,
  Query,
  UploadedFile,
} from '../../../../src/index.js';
import { type Variants, withController } from './variant.js';

/** What parameters are given. */
export const parametersVariants: Variants = {
  'pipes of parameters for other events': (on) => {
    const a = (() => {
      @For('http')
      class P {
        transform(x: unknown) {
          return x;
        }
      }
      return P;
    })();
    const b = (() => {
      @For('sqs')
      class P {
        transform(x: unknown) {
          return x;
        }
      }
      return P;
    })();
    @Controller('c')
    class C {
      @Post() @OnSqs('q') get(@Body(new (on ? a : b)()) x: unknown) {
        return x;
      }
    }
    return withController(C);
  },
  'required file': (on) => {
    @Controller('c')
    class C {
      @Post() post(@UploadedFile('a', { required: on }) a: unknown) {
        return a;
      }
    }
    return withController(C);
  },
  'data of a parameter decorator': (on) => {
    const Tenant = createParamDecorator((data: string) => data);
    @Controller('c')
    class C {
      @Get() get(@Tenant(on ? 'a' : 'b') x: string) {
        return x;
      }
    }
    return withController(C);
  },
  'data object of a parameter decorator': (on) => {
    const Tenant = createParamDecorator((data: { x: string }) => data.x);
    @Controller('c')
    class C {
      @Get() get(@Tenant({ x: on ? 'a' : 'b' }) x: string) {
        return x;
      }
    }
    return withController(C);
  },
  'data symbol': (on) => {
    const Tenant = createParamDecorator((data: unknown) => typeof data);
    @Controller('c')
    class C {
      @Get() get(@Tenant(on ? Symbol.for('a') : Symbol.for('b')) x: string) {
        return x;
      }
    }
    return withController(C);
  },
  'a separator': (on) => {
    @Controller('c')
    class C {
      @Get() get(@Query('ids', new ParseArrayPipe({ separator: on ? ',' : ';' })) ids: string[]) {
        return ids;
      }
    }
    return withController(C);
  },
  'a pipe class that extends one of the framework': (on) => {
    class Own {
      transform(value: unknown) {
        return value;
      }
    }
    const Base = (on ? ParseArrayPipe : Own) as new () => object;
    @Controller('c')
    class C {
      @Get() get(@Query('a', (() => class extends Base {})() as never) a: string[]) {
        return a;
      }
    }
    return withController(C);
  },
  'items of an array pipe': (on) => {
    @Controller('c')
    class C {
      @Get() get(@Query('ids', new ParseArrayPipe({ items: on ? Number : String })) ids: string[]) {
        return ids;
      }
    }
    return withController(C);
  },
  schema: (on) => {
    const schema = {
      '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) },
      secret: on ? 'a' : 'b',
    };
    @Controller('c')
    class C {
      @Post() get(@Body(schema as never) b: unknown) {
        return b;
      }
    }
    return withController(C);
  },
  'standard scheme or pipe': (on) => {
    const schema = {
      '~standard': on ? { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) } : undefined,
      transform: (x: unknown) => x,
    };
    @Controller('c')
    class C {
      @Post() get(@Body(schema as never) b: unknown) {
        return b;
      }
    }
    return withController(C);
  },
  'pipe class with standard': (on) => {
    class P {
      transform(x: unknown) {
        return x;
      }
      get ['~standard']() {
        return on ? { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) } : undefined;
      }
    }
    @Controller('c')
    class C {
      @Post() get(@Body(new P() as never) b: unknown) {
        return b;
      }
    }
    return withController(C);
  },
  'default value': (on) => {
    @Controller('c')
    class C {
      @Get() get(@Query('a', new DefaultValuePipe(on ? 1 : 2)) a: number) {
        return a;
      }
    }
    return withController(C);
  },
};
