import { Authenticated, Public } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { All, Controller, Get, Head, Options, Version } from '../../src/decorators/routes.js';
import { lazy, type ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { VERSION_NEUTRAL } from '../../src/shared/version-neutral.js';
import { inject } from '../../src/testing/inject.js';
import { createApp, SOURCES } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

// Whatever leads to a method, its requirements hold.

let calls: string[];

beforeEach(() => {
  calls = [];
  captureStdout();
});
afterEach(() => jest.restoreAllMocks());

/** The routes of one controller, which note that they were called. */
function routes(): Constructor {
  @Controller('items')
  class Items {
    @Get() list() {
      calls.push('list');
    }
    @Get('number/:id') one() {
      calls.push('one');
    }
    @All('any/*rest') any() {
      calls.push('any');
    }
    @Head('head') head() {
      calls.push('head');
    }
    @Options('options') options() {
      calls.push('options');
    }
    @Get('versioned') @Version('2') second() {
      calls.push('second');
    }
    @Get('versioned') @Version(VERSION_NEUTRAL) neutral() {
      calls.push('neutral');
    }
  }
  return Items;
}

/** Inherits the routes, and the requirements with them. */
function heirOf(parent: Constructor): Constructor {
  @Controller('items')
  class Heir extends (parent as new () => object) {}
  return Heir;
}

const keys = [{ name: 'shop', key: 'c0ffee' }];
const apiKeys = () => ApiKeyModule.forRoot({ keys });
const guarding = () => ({ imports: [apiKeys()], providers: [{ provide: APP_GUARD, useClass: AuthGuard }] });

function closed(): Constructor {
  const controller = routes();
  Authenticated()(controller);
  return controller;
}

function lazily(controller: Constructor): ModuleMetadata['imports'] {
  class ItemsModule {}
  return [lazy('', () => ({ module: ItemsModule, controllers: [controller] }))];
}

const APPS: Readonly<Record<string, () => ModuleMetadata>> = {
  'a decorator of the class': () => ({ imports: [apiKeys()], controllers: [closed()] }),
  'a decorator of its parent': () => ({ imports: [apiKeys()], controllers: [heirOf(closed())] }),
  'a guard of the application': () => ({ ...guarding(), controllers: [routes()] }),
  'a lazy module': () => ({ imports: [apiKeys(), ...lazily(closed())!] }),
  'a lazy module and a guard of the application': () => ({
    ...guarding(),
    imports: [apiKeys(), ...lazily(routes())!],
  }),
};

const REQUESTS = [
  ['GET', '/items'],
  ['HEAD', '/items'],
  ['GET', '/%69tems'],
  ['GET', '/items/number/7'],
  ['HEAD', '/items/number/7'],
  ['PROPFIND', '/items/any/a/b'],
  ['OPTIONS', '/items/any/a'],
  ['GET', '/items/any/..%2F..%2Fopen'],
  ['HEAD', '/items/head'],
  ['OPTIONS', '/items/options'],
  ['GET', '/items/versioned'],
] as const;

describe.each(Object.keys(APPS))('What %s closes', (name) => {
  it.each(SOURCES)('is closed in an event of %s, whatever leads to it', async (source) => {
    const app = await createApp(APPS[name]!(), { versioning: { type: 'header', name: 'x-version' } }).ready();
    for (const [method, url] of REQUESTS) {
      for (const version of ['2', '9', '']) {
        const headers: Record<string, string> = version === '' ? {} : { 'x-version': version };
        const { statusCode } = await inject(app, { source, method, url, headers });
        // Not every version has a route.
        expect([method, url, [401, 404].includes(statusCode), calls]).toEqual([method, url, true, []]);
      }
      // With a key, the same request reaches a method.
      await inject(app, { source, method, url, headers: { 'x-api-key': 'c0ffee', 'x-version': '2' } });
      expect([method, url, calls.splice(0).length]).toEqual([method, url, 1]);
    }
  });
});

it('is opened by its own decorator alone', async () => {
  @Controller()
  class Open extends (closed() as new () => object) {
    @Get('open') @Public() open() {
      return 'open';
    }
    // Overrides a method of the parent, whose class is closed.
    @Get() list() {
      return 'listed';
    }
  }
  Authenticated()(Open);
  const app = createApp(
    { imports: [apiKeys()], controllers: [Open] },
    { versioning: { type: 'header', name: 'x-version' } },
  );
  const status = async (url: string) => (await inject(app, { url })).statusCode;
  expect([await status('/open'), await status('/'), await status('/number/7')]).toEqual([200, 401, 401]);
});
