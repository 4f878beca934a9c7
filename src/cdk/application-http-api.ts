import {
  HttpApi,
  type HttpApiProps,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRouteIntegrationBindOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import type { GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

/**
 * Creates an HTTP API. Its `$default` route takes all other requests, so the application handles 404, 405, HEAD and
 * preflights.
 */
export function applicationHttpApi(
  scope: Construct,
  target: LambentFunction,
  routes: readonly GatewayRoute[],
  props: HttpApiProps = {},
): HttpApi {
  const integration = new ApplicationIntegration('Application', target);
  const api = new HttpApi(scope, 'HttpApi', { ...props, defaultIntegration: integration });
  const open = props.defaultAuthorizer ? preflightPaths(routes) : [];
  for (const path of open)
    api.addRoutes({ path, methods: [HttpMethod.OPTIONS], integration, authorizer: new HttpNoneAuthorizer() });
  for (const { method, path } of routes) {
    if (method === 'OPTIONS' && open.includes(path)) continue;
    api.addRoutes({ path, methods: [method === 'ALL' ? HttpMethod.ANY : HttpMethod[method]], integration });
  }
  return api;
}

/**
 * Returns the paths where `OPTIONS` must not require credentials, which browsers don't send with a preflight: all
 * paths, and each route that takes `OPTIONS`, because API Gateway prefers those to a greedy path.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html, "Routing API requests"
 */
function preflightPaths(routes: readonly GatewayRoute[]): string[] {
  const greedy = routes.find(({ path }) => /^\/\{[^/]+\+\}$/.test(path))?.path ?? '/{proxy+}';
  const withOptions = routes.filter(({ method }) => method === 'ALL' || method === 'OPTIONS');
  return [...new Set(['/', greedy, ...withOptions.map(({ path }) => path)])];
}

/**
 * One integration for all routes with one permission, that of the route `$default`, which covers the whole API. A
 * permission for each route would soon exceed the 20 kB of a function's policy.
 */
class ApplicationIntegration extends HttpLambdaIntegration {
  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    if (options.route.path === undefined) super.completeBind(options);
  }
}
