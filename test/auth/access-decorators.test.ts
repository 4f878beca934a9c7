import { Authenticated, Public, Roles, Scopes } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { Constructor } from '../../src/shared/types.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => captureStdout());
afterEach(() => jest.restoreAllMocks());

const keys = [
  { name: 'user', key: 'user', roles: ['user'] },
  { name: 'admin', key: 'admin', roles: ['admin'], scopes: ['a'] },
];
const appOf = (...controllers: Constructor[]) => createApp({ imports: [ApiKeyModule.forRoot({ keys })], controllers });

/** The statuses of a route for nobody, the user and the admin. */
async function statuses(controller: Constructor, url: string): Promise<number[]> {
  const app = appOf(controller);
  const all = [undefined, 'user', 'admin'].map((key) =>
    inject(app, { url, headers: key === undefined ? {} : { 'x-api-key': key } }),
  );
  return (await Promise.all(all)).map(({ statusCode }) => statusCode);
}

/** Replaces the method, as tracing decorators do. */
function Traced(_prototype: object, _key: string, descriptor: PropertyDescriptor): void {
  const method = descriptor.value as (...args: unknown[]) => unknown;
  descriptor.value = function (this: unknown, ...args: unknown[]) {
    return method.apply(this, args);
  };
}

class Replacing {
  method() {}
}

describe('What a method declares', () => {
  @Controller()
  @Roles('admin')
  class Admin {
    @Get('inherited') inherited() {}
    @Get('authenticated') @Authenticated() authenticated() {}
    @Get('other') @Roles('user') other() {}
    @Get('scoped') @Scopes('a') scoped() {}
    @Get('public') @Public() public() {}
    @Get('traced') @Traced @Roles('user') traced() {}
    @Get('traced-outside') @Roles('user') @Traced tracedOutside() {}
  }

  it.each([
    ['completes what its class declares', '/inherited', [401, 403, 204]],
    ['does not lift the roles of its class', '/authenticated', [401, 403, 204]],
    ['replaces the roles of its class', '/other', [401, 204, 403]],
    ['adds scopes to the roles of its class', '/scoped', [401, 403, 204]],
    ['opens it', '/public', [204, 204, 204]],
    ['holds though another decorator replaces the method', '/traced', [401, 204, 403]],
    ['holds though another decorator has replaced the method', '/traced-outside', [401, 204, 403]],
  ])('%s', async (_what, url, expected) => {
    expect(await statuses(Admin, url)).toEqual(expected);
  });

  it('closes it in a public class', async () => {
    @Controller()
    @Public()
    class Open {
      @Get('open') open() {}
      @Get('closed') @Authenticated() closed() {}
      @Get('admin') @Roles('admin') admin() {}
    }
    expect(await statuses(Open, '/open')).toEqual([204, 204, 204]);
    expect(await statuses(Open, '/closed')).toEqual([401, 204, 204]);
    expect(await statuses(Open, '/admin')).toEqual([401, 403, 204]);
  });

  it('is inherited with the method and the class, and lost with neither', async () => {
    @Roles('admin')
    class Base {
      @Get('base') base() {}
      @Get('open') @Public() open() {}
      @Get('overridden') @Public() overridden() {}
    }
    @Controller()
    class Derived extends Base {
      @Get('own') own() {}
      @Get('overridden') override overridden() {}
    }
    expect(await statuses(Derived, '/base')).toEqual([401, 403, 204]);
    expect(await statuses(Derived, '/own')).toEqual([401, 403, 204]);
    expect(await statuses(Derived, '/open')).toEqual([204, 204, 204]);
    // It does not inherit what opened the method that it overrides.
    expect(await statuses(Derived, '/overridden')).toEqual([401, 403, 204]);
  });

  it('holds for each of two methods that are one function', async () => {
    const shared = Replacing.prototype.method;
    class Twice {
      one!: () => void;
      two!: () => void;
    }
    Object.assign(Twice.prototype, { one: shared, two: shared });
    for (const [key, decorate] of [
      ['one', Public()],
      ['two', Roles('admin')],
    ] as const) {
      const descriptor = Object.getOwnPropertyDescriptor(Twice.prototype, key)!;
      Get(key)(Twice.prototype, key, descriptor);
      decorate(Twice.prototype, key, descriptor);
    }
    Controller()(Twice);
    expect(await statuses(Twice, '/two')).toEqual([401, 403, 204]);
  });
});

it('A method that is replaced after the start is not called, for its roles are not known any more', async () => {
  @Controller()
  class Replaced {
    @Get('a') @Roles('admin') a() {}
  }
  const app = await appOf(Replaced).ready();
  Replaced.prototype.a = () => {};
  await expect(inject(app, { url: '/a', headers: { 'x-api-key': 'user' } })).rejects.toThrow(
    /replaced on the prototype/,
  );
});

it('UseGuards(AuthGuard) needs an authenticated caller', async () => {
  @Controller()
  @UseGuards(AuthGuard)
  class Guarded {
    @Get('a') a() {}
    @Get('open') @Public() open() {}
  }
  expect(await statuses(Guarded, '/a')).toEqual([401, 204, 204]);
  expect(await statuses(Guarded, '/open')).toEqual([204, 204, 204]);
});

it('Consumers of a guarded controller take their messages', async () => {
  @Controller()
  @Authenticated()
  class Mixed {
    @Get('a') a() {}
    @OnSqs('orders') ship() {}
  }
  await appOf(Mixed).ready();
});

/** Starts an application with a method that has the decorators. */
const onMethod = (...decorators: MethodDecorator[]) => {
  @Controller()
  class Target {
    @Get('a') a() {}
  }
  const descriptor = Object.getOwnPropertyDescriptor(Target.prototype, 'a')!;
  for (const decorate of decorators) decorate(Target.prototype, 'a', descriptor);
  return appOf(Target).ready();
};

describe('Mistakes are reported at the start', () => {
  it.each([
    [[Roles()], /@Roles\(\) names nothing/],
    [[Scopes()], /@Scopes\(\) names nothing/],
    [[Roles(['admin'] as never)], /an argument of @Roles is/],
    [[Roles(undefined as never)], /an argument of @Roles is undefined/],
    [[Roles('')], /an argument of @Roles/],
    [[Scopes('a b')], /an argument of @Scopes/],
    [[Scopes('a"')], /an argument of @Scopes/],
    [[Public(), Roles('admin')], /@Public\(\) contradicts/],
    [[Authenticated(), Public()], /@Public\(\) contradicts/],
    [[Roles('admin'), Roles('user')], /@Roles\(\) is there twice/],
    [[Authenticated as never], /@Authenticated on a is not called/],
    [[Roles as never], /@Roles on a is not called/],
    [[Public as never], /@Public on a is not called/],
  ] as [MethodDecorator[], RegExp][])('%#', async (decorators, message) => {
    await expect(onMethod(...decorators)).rejects.toThrow(message);
  });

  it('a decorator that no event could meet', async () => {
    @Controller()
    class Target {
      @Get('a') a() {}
      @OnSqs('orders') @Roles('admin') ship() {}
    }
    await expect(appOf(Target).ready()).rejects.toThrow(/AuthGuard/);
    @Controller()
    class Unused {
      @Get('a') a() {}
      @Roles('admin') helper() {}
    }
    await expect(appOf(Unused).ready()).rejects.toThrow(/helper/);
  });
});
