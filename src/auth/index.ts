export type { CallerIdentity, RequestUser } from '../http/request/request-user.js';
export { Authenticated, OptionalAuth, Public, Roles, Scopes } from './access-decorators.js';
export { AlbAuthModule } from './alb/alb-auth-module.js';
export type { AlbAuthModuleOptions, AlbAuthOptions } from './alb/alb-options.js';
export { type ApiKey, ApiKeys } from './api-keys/api-keys.js';
export { ApiKeyModule } from './api-keys/api-key-module.js';
export type { ApiKeyModuleAsyncOptions, ApiKeyModuleOptions, ApiKeyOptions } from './api-keys/api-key-options.js';
export { AuthGuard } from './auth-guard.js';
export type { ClaimOptions, Claims, NamesFrom } from './claims.js';
export { CurrentUser } from './current-user.js';
export type { GatewayAuthOptions } from './gateway/gateway-auth.js';
export type { GatewayAuthorizer } from './gateway/gateway-identity.js';
export {
  GatewayAuthModule,
  type GatewayAuthModuleAsyncOptions,
  type GatewayAuthModuleOptions,
} from './gateway/gateway-auth-module.js';
export { JwtModule } from './jwt/jwt-module.js';
export {
  type CognitoOptions,
  type IssuerOptions,
  type JwtModuleOptions,
  type KeySet,
  type SignatureAlgorithm,
  TEST_KEYS,
  type TokenOptions,
} from './jwt/jwt-options.js';
export { TokenVerifier } from './jwt/token-verifier.js';
export type { AddedMembers, MapUser, UserOption } from './user-option.js';
