import { HttpApi, type HttpApiProps, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { apiName } from './api-name.js';
import { ApplicationIntegration } from './application-integration.js';
import type { GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

/** `$default` takes what no other route does, so that the application answers 404, 405, HEAD and preflights. */
export function applicationHttpApi(scope: Construct, target: LambentFunction, routes: readonly GatewayRoute[], props: HttpApiProps = {}): HttpApi {
  const integration = new ApplicationIntegration('Application', target);
  const api = new HttpApi(scope, 'HttpApi', { apiName: apiName(scope), ...props, defaultIntegration: integration });
  if (props.defaultAuthorizer) letPreflightsPass(api, integration);
  for (const { method, path } of routes) {
    if (props.defaultAuthorizer && method === 'OPTIONS' && /^\/(?:\{\w+\+\})?$/.test(path)) continue;
    api.addRoutes({ path, methods: [method === 'ALL' ? HttpMethod.ANY : HttpMethod[method]], integration });
  }
  return api;
}

/** Browsers send them without credentials. */
function letPreflightsPass(api: HttpApi, integration: ApplicationIntegration): void {
  const authorizer = new HttpNoneAuthorizer();
  for (const path of ['/', '/{proxy+}']) api.addRoutes({ path, methods: [HttpMethod.OPTIONS], integration, authorizer });
}
