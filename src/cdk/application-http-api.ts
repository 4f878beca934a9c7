import {
  HttpApi,
  type HttpApiProps,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRouteIntegrationBindOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { apiName, type GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

/** `$default` takes what no other route does, so that the application answers 404, 405, HEAD and preflights. */
export function applicationHttpApi(
  scope: Construct,
  target: LambentFunction,
  routes: readonly GatewayRoute[],
  props: HttpApiProps = {},
): HttpApi {
  const integration = new ApplicationIntegration('Application', target);
  const api = new HttpApi(scope, 'HttpApi', { apiName: apiName(scope), ...props, defaultIntegration: integration });
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
 * Where `OPTIONS` asks for no credentials, which browsers don't send with a preflight: everywhere, and by itself at
 * each route that would take it, because API Gateway prefers those to a greedy path.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html, "Routing API requests"
 */
function preflightPaths(routes: readonly GatewayRoute[]): string[] {
  const greedy = routes.find(({ path }) => /^\/\{[^/]+\+\}$/.test(path))?.path ?? '/{proxy+}';
  const takers = routes.filter(({ method }) => method === 'ALL' || method === 'OPTIONS');
  return [...new Set(['/', greedy, ...takers.map(({ path }) => path)])];
}

/**
 * One integration for every route, and one permission: that of the route `$default`, which is for the whole API. One a
 * route would soon be more than a function's policy may hold (20 kB).
 */
class ApplicationIntegration extends HttpLambdaIntegration {
  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    if (options.route.path === undefined) super.completeBind(options);
  }
}
