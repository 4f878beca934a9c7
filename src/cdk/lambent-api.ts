import { CfnOutput } from 'aws-cdk-lib';
import type { RestApi, RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi, HttpApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type FunctionUrl, FunctionUrlAuthType, type FunctionUrlOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, anything, checkOptions, oneOf, type Rule } from '../errors/check-options.js';
import { applicationHttpApi } from './application-http-api.js';
import { applicationRestApi } from './application-rest-api.js';
import { type GatewayRoute, gatewayRoutes } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

interface ApiProps {
  readonly function: LambentFunction;
  /**
   * `each` unless given: the API has a route for each of the decorators', with metrics and throttling of its own, and
   * one for all the rest. `one` has that alone: fewer resources, for large applications.
   */
  readonly routes?: 'each' | 'one';
}

/** What is in front of the function, and its own settings: CORS is left to the application. */
export type LambentApiProps = ApiProps &
  (
    | { readonly kind?: 'http-api'; readonly api?: Omit<HttpApiProps, 'defaultIntegration' | 'corsPreflight'> }
    | {
        readonly kind: 'rest-api';
        readonly api?: Omit<RestApiProps, 'defaultIntegration' | 'defaultCorsPreflightOptions'>;
      }
    | { readonly kind: 'function-url'; readonly api?: Omit<FunctionUrlOptions, 'cors'> }
  );

const RULES: Record<keyof ApiProps | 'kind' | 'api', Rule> = {
  function: anObject,
  routes: oneOf('each', 'one'),
  kind: anything,
  api: anObject,
};

/**
 * An API whose routes come from the decorators. Whatever comes, known or not, is the application's to answer, in its
 * own words. The stack has the address as an output.
 */
export class LambentApi extends Construct {
  readonly url: string;
  /** What was made, by its kind. */
  readonly httpApi?: HttpApi;
  readonly restApi?: RestApi;
  readonly functionUrl?: FunctionUrl;

  constructor(scope: Construct, id: string, props: LambentApiProps) {
    super(scope, id);
    checkOptions<object>(props, RULES, `the props of ${this.node.path}`);
    const routes = props.routes === 'one' ? [] : gatewayRoutes(props.function.application.routes);
    Object.assign(this, this.#made(props, routes));
    this.url = this.httpApi?.apiEndpoint ?? this.restApi?.url ?? this.functionUrl!.url;
    new CfnOutput(this, 'Url', { value: this.url });
  }

  #made(
    props: LambentApiProps,
    routes: readonly GatewayRoute[],
  ): Pick<LambentApi, 'httpApi' | 'restApi' | 'functionUrl'> {
    const { function: target } = props;
    switch (props.kind) {
      case undefined:
      case 'http-api':
        return { httpApi: applicationHttpApi(this, target, routes, props.api) };
      case 'rest-api':
        return { restApi: applicationRestApi(this, target, routes, props.api) };
      case 'function-url':
        return { functionUrl: target.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, ...props.api }) };
      default:
        throw new BootstrapError(
          `The kind of ${this.node.path} is ${JSON.stringify((props as LambentApiProps).kind)}; it takes http-api, rest-api or function-url.`,
        );
    }
  }
}
