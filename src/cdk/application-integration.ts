import type { HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';

/**
 * One integration for every route, and one permission: that of the route `$default`, which is for the whole API. One a route would soon be more than
 * a function's policy may hold (20 kB).
 */
export class ApplicationIntegration extends HttpLambdaIntegration {
  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    if (options.route.path === undefined) super.completeBind(options);
  }
}
