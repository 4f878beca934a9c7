import { Authenticated, OptionalAuth, Public, Roles, Scopes } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnWebSocket } from '../../src/decorators/consumers.js';
import { For, UseGuards } from '../../src/decorators/enhancers.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

// AuthGuard guards HTTP routes. What looks as if it guarded WebSocket messages, too, is refused.

beforeEach(() => captureStdout());
afterEach(() => jest.restoreAllMocks());

const keys = () => ApiKeyModule.forRoot({ keys: [{ name: 'shop', key: 'c0ffee', roles: ['admin'] }] });
const appOf = (controller: Constructor, more: ModuleMetadata = {}) =>
  createApp({ imports: [keys()], controllers: [controller], ...more });
const say = events.webSocket({ route: 'say' });

/** A class with a route and a WebSocket method, and the decorators. */
function chat(ofClass: readonly ClassDecorator[], ofMethod: readonly MethodDecorator[] = []): Constructor {
  class Chat {
    @Get('history') history() {
      return [];
    }
    @OnWebSocket('say') say() {
      return 'said';
    }
  }
  Controller('chat')(Chat);
  for (const decorate of ofClass) decorate(Chat);
  for (const decorate of ofMethod)
    decorate(Chat.prototype, 'say', Object.getOwnPropertyDescriptor(Chat.prototype, 'say')!);
  return Chat;
}

const CLOSING: readonly (readonly [name: string, make: () => ClassDecorator])[] = [
  ['@Authenticated()', () => Authenticated()],
  ['@Roles()', () => Roles('admin')],
  ['@Scopes()', () => Scopes('a')],
  ['@OptionalAuth()', () => OptionalAuth()],
  ['@UseGuards(AuthGuard)', () => UseGuards(AuthGuard)],
];

const MESSAGE = /Chat\.say handles a WebSocket route, and @Authenticated, .* guard HTTP routes only/;

describe.each(CLOSING)('A WebSocket method', (name, make) => {
  it(`is refused beside routes under ${name}`, async () => {
    await expect(appOf(chat([make()])).ready()).rejects.toThrow(MESSAGE);
  });

  it(`is refused in a class whose parent has ${name}, with routes and without`, async () => {
    class Base {}
    make()(Base);
    class Alone extends Base {
      @OnWebSocket('say') say() {}
    }
    Controller()(Alone);
    await expect(appOf(Alone).ready()).rejects.toThrow(/Alone\.say handles a WebSocket route/);
    const parent = chat([make()], [Public()]);
    class Chat extends (parent as new () => object) {
      // What opened the method that it overrides is not inherited.
      @OnWebSocket('say') say() {}
    }
    Controller('heir')(Chat);
    await expect(appOf(Chat).ready()).rejects.toThrow(MESSAGE);
  });

  it(`may be declared open under ${name}, and the routes beside it stay as they are`, async () => {
    const app = appOf(chat([make()], [Public()]));
    expect(await invoke(app, say)).toEqual({ statusCode: 200, body: '"said"' });
    const status = (await inject(app, { url: '/chat/history' })).statusCode;
    expect(status).toBe(name === '@OptionalAuth()' ? 200 : 401);
  });
});

it('A method that is a route, too, is refused under the decorators of the route', async () => {
  class Chat {
    @Get('say') @OnWebSocket('say') @Authenticated() say() {}
  }
  Controller()(Chat);
  await expect(appOf(Chat).ready()).rejects.toThrow(MESSAGE);
});

describe('A WebSocket method is as ever', () => {
  it.each<readonly [string, () => Constructor, ModuleMetadata]>([
    [
      'beside routes that are closed one by one',
      () => {
        class Chat {
          @Get('history') @Authenticated() history() {}
          @OnWebSocket('say') say() {
            return 'said';
          }
        }
        Controller()(Chat);
        return Chat;
      },
      {},
    ],
    ['in a class that is open to everyone', () => chat([Public()]), {}],
    [
      'under a guard of the application, which guards routes',
      () => chat([]),
      { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] },
    ],
  ])('%s', async (_where, declare, more) => {
    expect(await invoke(appOf(declare(), more), say)).toEqual({ statusCode: 200, body: '"said"' });
  });

  it('under a guard that extends AuthGuard, and is for WebSocket messages itself', async () => {
    const asked: string[] = [];
    class ConnectionGuard extends AuthGuard {
      override canActivate(context: ExecutionContext) {
        asked.push(context.getType());
        return context.getType() === 'websocket' || super.canActivate(context);
      }
    }
    For('http', 'websocket')(ConnectionGuard);
    const app = appOf(chat([UseGuards(ConnectionGuard)]), { providers: [ConnectionGuard] });
    expect(await invoke(app, say)).toEqual({ statusCode: 200, body: '"said"' });
    expect((await inject(app, { url: '/chat/history' })).statusCode).toBe(401);
    expect(asked).toEqual(['websocket', 'http']);
  });
});
