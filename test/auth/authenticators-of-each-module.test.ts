import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { Authenticated } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Request } from '../../src/http/request/request.js';
import { type DynamicModule, lazy, type ModuleMetadata } from '../../src/shared/module.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

// Modules may have authenticators of their own: what one of them accepts, another one need not.

beforeEach(() => captureStdout());
afterEach(() => jest.restoreAllMocks());

const keysOf = (name: string) => ApiKeyModule.forRoot({ keys: [{ name, key: `key-of-${name}` }] });

/** A module of a tenant with a route, and keys of its own. */
function tenant(name: string, path = name): DynamicModule {
  @Controller(path)
  @Authenticated()
  class Routes {
    @Get() me({ user }: Request) {
      return user!.id;
    }
  }
  class TenantModule {}
  Module({})(TenantModule);
  return { module: TenantModule, imports: [keysOf(name)], controllers: [Routes] };
}

const ASSEMBLIES: Readonly<Record<string, () => ModuleMetadata>> = {
  'imported modules': () => ({ imports: [tenant('a'), tenant('b')] }),
  'lazy modules': () => ({ imports: [lazy('a', () => tenant('a', '')), lazy('b', () => tenant('b', ''))] }),
  'lazy modules below an application with keys': () => ({
    imports: [keysOf('root'), lazy('a', () => tenant('a', '')), lazy('b', () => tenant('b', ''))],
  }),
};

const status = async (app: LambdaApplication, url: string, key: string) =>
  (await inject(app, { url, headers: { 'x-api-key': `key-of-${key}` } })).statusCode;

describe.each(Object.keys(ASSEMBLIES))('The key of one module opens no other, among %s,', (name) => {
  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('if %s is called first', async (first, second) => {
    const app = createApp(ASSEMBLIES[name]!());
    expect(await status(app, `/${first}`, first)).toBe(200);
    expect(await status(app, `/${second}`, first)).toBe(401);
    expect(await status(app, `/${second}`, second)).toBe(200);
    expect(await status(app, `/${first}`, second)).toBe(401);
    expect(await status(app, `/${first}`, 'root')).toBe(401);
  });
});

it('A guard of the application does not answer for the guard of a module with other authenticators', async () => {
  // The application's own guard accepts the key of the root; the module asks for its own.
  const app = createApp({
    imports: [keysOf('root'), tenant('a')],
    providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
  });
  expect(await status(app, '/a', 'root')).toBe(401);
  expect(await status(app, '/a', 'a')).toBe(401);
});
