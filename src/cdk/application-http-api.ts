import { HttpApi, type HttpApiProps, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { apiName } from './api-name.js';
import { ApplicationIntegration } from './application-integration.js';
import type { GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

/** `$default` takes what no other route does, so that the application answers 404, 405, HEAD and preflights. */
export function applicationHttpApi(scope: Construct, target: LambentFunction, routes: readonly GatewayRoute[], props: HttpApiProps = {}): HttpApi {
  const integration = new ApplicationIntegration('Application', target);
  const api = new HttpApi(scope, 'HttpApi', { apiName: apiName(scope), ...props, defaultIntegration: integration });
  for (const { method, path } of routes) {
    api.addRoutes({ path, methods: [method === 'ALL' ? HttpMethod.ANY : HttpMethod[method]], integration });
  }
  return api;
}
