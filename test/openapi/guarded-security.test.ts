import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Authenticated, OptionalAuth, Public, Roles, Scopes } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { GatewayAuthModule } from '../../src/auth/gateway/gateway-auth-module.js';
import type { GatewayAuthorizer } from '../../src/auth/gateway/gateway-identity.js';
import { JwtModule } from '../../src/auth/jwt/jwt-module.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { ApiSecurity } from '../../src/decorators/api.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import type { OpenApiOptions } from '../../src/openapi/openapi-options.js';
import type { ModuleMetadata } from '../../src/shared/module.js';

const tokens = JwtModule.forRoot({ issuer: 'https://auth.example.com', audience: 'orders' });
const keys = ApiKeyModule.forRoot({ keys: [{ name: 'a', key: 'b' }], header: 'X-Key' });

interface Described {
  readonly metadata: ModuleMetadata;
  readonly options?: ApplicationOptions;
  readonly document?: Partial<OpenApiOptions>;
}

/** The security of each path, and the schemes. */
function securityOf({ metadata, options, document = {} }: Described) {
  class AppModule {}
  Module(metadata)(AppModule);
  const description = LambdaApplication.describe(AppModule, options);
  const { paths, components, security } = createOpenApiDocument(description, { title: 'a', version: '1', ...document });
  const byPath = Object.entries(paths).map(([path, { get }]) => [path, get?.security]);
  return { ...Object.fromEntries(byPath), schemes: components.securitySchemes, security } as Record<string, unknown>;
}

@Controller()
class Orders {
  @Get('plain') plain() {}
  @Get('authenticated') @Authenticated() authenticated() {}
  @Get('roles') @Roles('admin') roles() {}
  @Get('scopes') @Scopes('a', 'b') scopes() {}
  @Get('public') @Public() public() {}
  @Get('own') @ApiSecurity('own') @Authenticated() own() {}
  @Get('guarded') @UseGuards(AuthGuard) guarded() {}
}
const document = { securitySchemes: { own: { type: 'http', scheme: 'basic' } } } as const;

it('Guarded routes need one of the schemes that the modules bring, with their scopes', () => {
  const metadata = { imports: [tokens, keys], controllers: [Orders] };
  expect(securityOf({ metadata, document })).toEqual({
    '/plain': undefined,
    '/authenticated': [{ bearer: [] }, { apiKey: [] }],
    '/roles': [{ bearer: [] }, { apiKey: [] }],
    '/scopes': [{ bearer: ['a', 'b'] }, { apiKey: ['a', 'b'] }],
    '/public': undefined,
    '/own': [{ own: [] }],
    '/guarded': [{ bearer: [] }, { apiKey: [] }],
    security: [],
    schemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      apiKey: { type: 'apiKey', in: 'header', name: 'X-Key' },
      own: { type: 'http', scheme: 'basic' },
    },
  });
});

it.each([
  ['under APP_GUARD', { metadata: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] } }],
  [
    'under APP_GUARD, by another token',
    { metadata: { providers: [AuthGuard, { provide: APP_GUARD, useExisting: AuthGuard }] } },
  ],
  ['among the options', { metadata: {}, options: { guards: [AuthGuard] } }],
] as readonly (readonly [string, Described])[])(
  'A guard %s is that of every route',
  (_where, { metadata, options }) => {
    const all = { imports: [tokens], controllers: [Orders], ...metadata };
    expect(securityOf({ metadata: all, ...(options && { options }), document })).toMatchObject({
      '/plain': [{ bearer: [] }],
      '/scopes': [{ bearer: ['a', 'b'] }],
      '/public': [],
      '/own': [{ own: [] }],
    });
  },
);

it('A class and its ancestors say what their methods need', () => {
  @Scopes('base')
  class Base {
    @Get('inherited') inherited() {}
  }
  @Controller()
  class Derived extends Base {
    @Get('open') @Public() open() {}
    @Get('more') @Scopes('more') more() {}
  }
  expect(securityOf({ metadata: { imports: [tokens], controllers: [Derived] } })).toMatchObject({
    '/inherited': [{ bearer: ['base'] }],
    '/open': [],
    '/more': [{ bearer: ['more'] }],
  });
});

it('Optional authentication adds the empty requirement, and no scopes', () => {
  @Controller()
  @Scopes('base')
  class Optional {
    @Get('optional') @OptionalAuth() optional() {}
    @Get('closed') closed() {}
  }
  expect(securityOf({ metadata: { imports: [tokens, keys], controllers: [Optional] } })).toMatchObject({
    '/optional': [{ bearer: [] }, { apiKey: [] }, {}],
    '/closed': [{ bearer: ['base'] }, { apiKey: ['base'] }],
  });
  // Everyone may call it, so that it can be tried without credentials.
  class AppModule {}
  Module({ imports: [keys], controllers: [Optional] })(AppModule);
  const { routes } = LambdaApplication.describe(AppModule);
  expect(routes.map(({ path, guarded }) => [path, guarded])).toEqual([
    ['/optional', false],
    ['/closed', true],
  ]);
  // The scheme of a Lambda authorizer is for @ApiSecurity to say.
  const ofLambda = { imports: [GatewayAuthModule.forRoot({ authorizers: ['lambda'] })], controllers: [Optional] };
  expect(securityOf({ metadata: ofLambda })['/optional']).toBeUndefined();
});

const ofGateway = (authorizers: readonly GatewayAuthorizer[]) => ({
  imports: [GatewayAuthModule.forRoot({ authorizers })],
  controllers: [Orders],
});

it('The schemes of a gateway are those of its authorizers', () => {
  expect(securityOf({ metadata: ofGateway(['iam']), document })['/roles']).toEqual([{ iam: [] }]);
  expect(securityOf({ metadata: ofGateway(['jwt', 'cognito']), document })['/roles']).toEqual([{ bearer: [] }]);
  // What a Lambda authorizer takes, only the document's own options know.
  expect(securityOf({ metadata: ofGateway(['lambda']), document })['/roles']).toBeUndefined();
});

it('A scheme of the options replaces that of a module', () => {
  const bearer = { type: 'openIdConnect', openIdConnectUrl: 'https://auth.example.com' } as const;
  const { schemes } = securityOf({
    metadata: { imports: [tokens], controllers: [Orders] },
    document: { securitySchemes: { ...document.securitySchemes, bearer } },
  });
  expect(schemes).toMatchObject({ bearer });
});
