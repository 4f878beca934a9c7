import * as albAuth from '../../src/auth/alb/alb-auth-module.js';
import * as apiKeys from '../../src/auth/api-keys/api-key-module.js';
import * as authGuard from '../../src/auth/auth-guard.js';
import * as gatewayAuth from '../../src/auth/gateway/gateway-auth-module.js';
import * as jwt from '../../src/auth/jwt/jwt-module.js';
import * as aws from '../../src/aws/aws-module.js';
import * as idempotency from '../../src/aws/idempotency/idempotency-module.js';
import * as appConfig from '../../src/aws/parameters/app-config-module.js';
import * as parameters from '../../src/aws/parameters/parameters-module.js';
import * as secrets from '../../src/aws/parameters/secrets-module.js';
import type { Namespaces } from '../../src/build/plan/value-names.js';
import * as cacheControl from '../../src/cache/cache-control.js';
import * as config from '../../src/config/config-module.js';
import * as appTokens from '../../src/contracts/app-tokens.js';
import * as applicationDescription from '../../src/contracts/application-description.js';
import * as loggers from '../../src/contracts/logger.js';
import * as reflectors from '../../src/decorators/reflector.js';
import * as health from '../../src/health/health-module.js';
import * as json from '../../src/http/message/json.js';
import * as requests from '../../src/http/request/request.js';
import * as responses from '../../src/http/response/response.js';
import * as accessLogs from '../../src/logging/access-log/access-log-interceptor.js';
import * as messaging from '../../src/messaging/messaging-module.js';
import * as discovery from '../../src/modules/discovery-service.js';
import * as inquirers from '../../src/modules/inquirer.js';
import * as lists from '../../src/modules/list-of.js';
import * as moduleRefs from '../../src/modules/module-ref.js';
import * as metrics from '../../src/observability/metrics/metrics-module.js';
import * as tracing from '../../src/observability/tracing/tracing-module.js';
import * as openapi from '../../src/openapi/openapi-module.js';
import * as rateLimits from '../../src/rate-limit/rate-limit-module.js';
import * as settings from '../../src/settings/settings.js';

/** The framework's values that plans may contain, by the files that export them. */
export const FRAMEWORK: Namespaces = new Map(
  Object.entries({
    'auth/alb/alb-auth-module': albAuth,
    'auth/api-keys/api-key-module': apiKeys,
    'auth/auth-guard': authGuard,
    'auth/gateway/gateway-auth-module': gatewayAuth,
    'auth/jwt/jwt-module': jwt,
    'aws/aws-module': aws,
    'aws/idempotency/idempotency-module': idempotency,
    'aws/parameters/app-config-module': appConfig,
    'aws/parameters/parameters-module': parameters,
    'aws/parameters/secrets-module': secrets,
    'cache/cache-control': cacheControl,
    'config/config-module': config,
    'contracts/app-tokens': appTokens,
    'contracts/application-description': applicationDescription,
    'contracts/logger': loggers,
    'decorators/reflector': reflectors,
    'health/health-module': health,
    'http/message/json': json,
    'http/request/request': requests,
    'http/response/response': responses,
    'logging/access-log/access-log-interceptor': accessLogs,
    'messaging/messaging-module': messaging,
    'modules/discovery-service': discovery,
    'modules/inquirer': inquirers,
    'modules/list-of': lists,
    'modules/module-ref': moduleRefs,
    'observability/metrics/metrics-module': metrics,
    'observability/tracing/tracing-module': tracing,
    'openapi/openapi-module': openapi,
    'rate-limit/rate-limit-module': rateLimits,
    'settings/settings': settings,
  }),
);
