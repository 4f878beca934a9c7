// Compiled by `npm run types`, never run.
import {
  AlbAuthModule,
  ApiKeyModule,
  Authenticated,
  type CallerIdentity,
  CurrentUser,
  GatewayAuthModule,
  JwtModule,
  OptionalAuth,
  Public,
  type RequestUser,
  Roles,
  Scopes,
  type TokenVerifier,
  type UserOption,
} from '../../src/auth/index.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import { TestIssuer } from '../../src/testing/test-issuer.js';
import { expectType, type Same } from './expect-type.js';

// A program has one declaration for all of its files, so this one has only what others may leave out.
declare module '../../src/auth/index.js' {
  interface RequestUser {
    readonly shoeSize?: number;
  }
}

declare const request: Request;
expectType<Same<Request['user'], RequestUser | undefined>>();
expectType<Same<RequestUser['shoeSize'], number | undefined>>();
expectType<Same<RequestUser['roles'], readonly string[]>>();
expectType<Same<keyof CallerIdentity, 'id' | 'method' | 'roles' | 'scopes' | 'claims'>>();
// @ts-expect-error: it may be missing
void request.user.id;
request.user = { id: 'a', method: 'session', roles: [], scopes: [], claims: {}, shoeSize: 43 };
// @ts-expect-error: a guard of one's own says how, too
request.user = { id: 'a' };

@Controller()
@Authenticated()
export class Orders {
  @Get() list(@CurrentUser() _user: RequestUser, @CurrentUser('id') _id: string) {}
  @Get('a') @Roles('admin', 'owner') @Scopes('a', 'b') admin() {}
  @Get('b') @Public() open() {}
  @Get('d') @OptionalAuth() known(
    @CurrentUser() _user?: RequestUser,
    @CurrentUser('roles') _roles?: readonly string[],
  ) {}
  // @ts-expect-error: no such member
  @Get('c') wrong(@CurrentUser('name') _name: string) {}
}

// @ts-expect-error: names, and no list of them
Roles(['admin']);

JwtModule.forRoot({ issuer: 'https://a', audience: ['a', 'b'], roles: ({ realm }) => [String(realm)] });
JwtModule.forRoot({ cognito: { userPoolId: 'a', clientId: 'b', tokenUse: 'id' } });
JwtModule.forRoot({ issuers: [{ issuer: 'https://a', audience: 'a', jwks: new TestIssuer('https://a').jwks }] });
JwtModule.forRoot({ issuer: 'https://a', audience: 'a', user: async ({ id }) => ({ shoeSize: id.length }) });
JwtModule.forRootAsync({ useFactory: async () => ({ issuer: 'https://a', audience: 'a' }) });
// @ts-expect-error: no algorithm with a secret
JwtModule.forRoot({ issuer: 'https://a', audience: 'a', algorithms: ['HS256'] });
// @ts-expect-error: not the type of the member
JwtModule.forRoot({ issuer: 'https://a', audience: 'a', user: () => ({ shoeSize: 'large' }) });
// @ts-expect-error: the client is never left open
JwtModule.forRoot({ cognito: { userPoolId: 'a' } });

GatewayAuthModule.forRoot({ authorizers: ['jwt', 'iam'], id: 'userId' });
// @ts-expect-error: no such kind
GatewayAuthModule.forRoot({ authorizers: ['all'] });
AlbAuthModule.forRoot({
  loadBalancer: ['a', 'b'],
  issuer: 'https://a',
  clientId: 'c',
  fetchKey: async () => undefined,
});
AlbAuthModule.forRootAsync({ useFactory: async () => ({ loadBalancer: 'a', issuer: 'https://a', clientId: ['c'] }) });
// @ts-expect-error: the client is never left open
AlbAuthModule.forRoot({ loadBalancer: 'a', issuer: 'https://a' });
ApiKeyModule.forRoot({ keys: [{ name: 'a', key: 'b', roles: ['c'] }], header: 'x-key' });
ApiKeyModule.forRootAsync({ header: 'x-key', useFactory: async () => ({ keys: [] }) });

// The option is required where members have to be filled.
declare function takes<Added>(option: UserOption<Added>): void;
takes<{ readonly tenant?: string }>({});
takes<{ readonly tenant: string }>({ user: async () => ({ tenant: 'a' }) });
// @ts-expect-error: nothing fills it
takes<{ readonly tenant: string }>({});
// @ts-expect-error: not filled
takes<{ readonly tenant: string }>({ user: () => ({}) });

declare const tokens: TokenVerifier;
expectType<Same<ReturnType<TokenVerifier['verify']>, RequestUser | Promise<RequestUser>>>();
void tokens.verify('a');
