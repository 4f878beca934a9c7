import { createPublicKey } from 'node:crypto';
import { Authenticated, OptionalAuth, Public, Roles, Scopes } from '../../../src/auth/access-decorators.js';
import { AlbAuthModule } from '../../../src/auth/alb/alb-auth-module.js';
import { AuthGuard } from '../../../src/auth/auth-guard.js';
import { CurrentUser } from '../../../src/auth/current-user.js';
import { APP_GUARD } from '../../../src/contracts/app-tokens.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import type { RequestUser } from '../../../src/http/request/request-user.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { TestLoadBalancer } from '../../../src/testing/test-load-balancer.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { forge } from '../forge.js';

// Users of a load balancer, wherever guards and routes are declared.

beforeEach(() => {
  captureStdout();
  called = [];
});
afterEach(() => jest.restoreAllMocks());

const HEADER = 'x-amzn-oidc-data';
const listener = {
  loadBalancer: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
  issuer: 'https://auth.example.com',
  clientId: 'web',
};
const alb = new TestLoadBalancer(listener);
const [jwk] = alb.jwks.keys;
const pem = createPublicKey({ key: jwk!, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
const signedIn = () => AlbAuthModule.forRoot({ ...listener, fetchKey: async () => pem });

/** Who has called which method. */
let called: string[] = [];

function routes(...decorators: readonly ClassDecorator[]): Constructor {
  class Routes {
    @Get('open') @Public() open(@CurrentUser() user?: RequestUser) {
      called.push(`open ${user?.id}`);
    }
    @Get('optional') @OptionalAuth() optional(@CurrentUser() user?: RequestUser) {
      called.push(`optional ${user?.id}`);
    }
    @Get('closed') closed(@CurrentUser('id') id: string) {
      called.push(`closed ${id}`);
    }
    @Get('roles') @Roles('admin') roles() {}
    @Get('scopes') @Scopes('write') scopes() {}
    @OnSqs('orders') ship() {
      called.push('ship');
    }
  }
  Controller()(Routes);
  for (const decorate of decorators) decorate(Routes);
  return Routes;
}

const guarding = { provide: APP_GUARD, useClass: AuthGuard };

/** A module with its own way to sign in. */
function feature(...controllers: Constructor[]) {
  class FeatureModule {}
  return { module: FeatureModule, imports: [signedIn()], controllers };
}

const ASSEMBLIES: Readonly<Record<string, () => ModuleMetadata>> = {
  'decorators of the class': () => ({ imports: [signedIn()], controllers: [routes(Authenticated())] }),
  'a guard of the application': () => ({ imports: [signedIn()], controllers: [routes()], providers: [guarding] }),
  'both, which ask once': () => ({
    imports: [signedIn()],
    controllers: [routes(Authenticated())],
    providers: [guarding],
  }),
  'a module that signs in by itself': () => ({ imports: [feature(routes(Authenticated()))] }),
};

const LAZY: typeof ASSEMBLIES = {
  'a lazy module': () => ({ imports: [signedIn(), lazily({ controllers: [withoutConsumers(Authenticated())] })] }),
  'a lazy module under a guard of the application': () => ({
    imports: [signedIn(), lazily({ controllers: [withoutConsumers()] })],
    providers: [guarding],
  }),
  'a lazy module that signs in by itself': () => ({
    imports: [lazily({ imports: [signedIn()], controllers: [withoutConsumers(Authenticated())] })],
  }),
};

function lazily(metadata: ModuleMetadata) {
  class LazyModule {}
  return lazy('', () => ({ module: LazyModule, ...metadata }));
}

/** Lazy modules have routes only. */
function withoutConsumers(...decorators: readonly ClassDecorator[]): Constructor {
  class Routes {
    @Get('open') @Public() open() {}
    @Get('optional') @OptionalAuth() optional() {}
    @Get('closed') closed() {}
    @Get('roles') @Roles('admin') roles() {}
    @Get('scopes') @Scopes('write') scopes() {}
  }
  Controller()(Routes);
  for (const decorate of decorators) decorate(Routes);
  return Routes;
}

const CALLERS: readonly (() => string | undefined)[] = [
  () => undefined,
  () => forge({ kid: jwk!.kid, iss: listener.issuer, client: 'web', signer: listener.loadBalancer }, { sub: 'ann' }),
  () => alb.sign({ sub: 'ann', roles: ['user'] }),
  () => alb.sign({ sub: 'root', roles: ['admin'], scope: 'read write' }),
];

/** Of nobody, of a forger, of a user, and of an administrator. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  '/open': [204, 204, 204, 204],
  '/optional': [204, 401, 204, 204],
  '/closed': [401, 401, 204, 204],
  '/roles': [401, 401, 403, 204],
  '/scopes': [401, 401, 403, 204],
};

describe.each(Object.entries({ ...ASSEMBLIES, ...LAZY }))('With %s', (_name, assemble) => {
  it.each(SOURCES)('each caller reaches what is theirs, in an event of %s', async (source) => {
    const app = createApp(assemble());
    const isBelieved = source.startsWith('alb');
    for (const [url, statuses] of Object.entries(EXPECTED))
      for (const [index, data] of CALLERS.map((make) => make()).entries()) {
        const response = await inject(app, { source, url, headers: data === undefined ? {} : { [HEADER]: data } });
        // Elsewhere, callers write the header themselves, and are nobody.
        expect([url, index, response.statusCode]).toEqual([url, index, isBelieved ? statuses[index] : statuses[0]]);
      }
  });
});

describe.each(Object.entries(ASSEMBLIES))('With %s', (_name, assemble) => {
  it('each method is told the user of its own request, and none where the route is public', async () => {
    const app = await createApp(assemble()).ready();
    const ask = (url: string, sub?: string) =>
      inject(app, { source: 'alb', url, headers: sub === undefined ? {} : { [HEADER]: alb.sign({ sub }) } });
    await Promise.all([ask('/closed', 'ann'), ask('/closed', 'bob'), ask('/optional'), ask('/optional', 'eve')]);
    await ask('/open', 'ann');
    expect(called.toSorted()).toEqual([
      'closed ann',
      'closed bob',
      'open undefined',
      'optional eve',
      'optional undefined',
    ]);
  });

  it('the consumer beside the routes takes its messages, and a request in one has no user', async () => {
    const app = createApp(assemble(), { requestsVia: { sqs: ['requests'] } });
    const result = await app.handler(events.sqs('orders', ['a']), fakeContext());
    expect([result, called]).toEqual([{ batchItemFailures: [] }, ['ship']]);
    const headers = { [HEADER]: alb.sign({ sub: 'root', roles: ['admin'] }) };
    for (const url of ['/closed', '/roles', '/optional']) {
      const carried = events.alb({ url, headers });
      await app.handler(events.sqs('requests', [carried]), fakeContext());
    }
    expect(called).toEqual(['ship', 'optional undefined']);
  });
});
