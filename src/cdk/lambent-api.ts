import { CfnOutput } from 'aws-cdk-lib';
import type { RestApi, RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi, HttpApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type FunctionUrl, FunctionUrlAuthType, type FunctionUrlOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, anything, checkOptions, oneOf, type OptionRule } from '../errors/check-options.js';
import { applicationHttpApi } from './application-http-api.js';
import { applicationRestApi } from './application-rest-api.js';
import { type GatewayRoute, gatewayRoutes } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

interface ApiProps {
  /** The function that the API calls. */
  readonly function: LambentFunction;
  /**
   * With `each`, the default, the API has a route for each route of the application, with its own metrics and
   * throttling, and a catch-all route. With `one` it has only the catch-all route: fewer resources, for large
   * applications.
   */
  readonly routes?: 'each' | 'one';
}

/** The kind of API with its settings. CORS is left to the application. */
export type LambentApiProps = ApiProps &
  (
    | { readonly kind?: 'http-api'; readonly api?: Omit<HttpApiProps, 'defaultIntegration' | 'corsPreflight'> }
    | {
        readonly kind: 'rest-api';
        readonly api?: Omit<RestApiProps, 'defaultIntegration' | 'defaultCorsPreflightOptions'>;
      }
    | { readonly kind: 'function-url'; readonly api?: Omit<FunctionUrlOptions, 'cors'> }
  );

const RULES: Record<keyof ApiProps | 'kind' | 'api', OptionRule> = {
  function: anObject,
  routes: oneOf('each', 'one'),
  kind: anything,
  api: anObject,
};

/**
 * An API whose routes come from the decorators. The application handles all requests, including those for unknown
 * routes. The URL is an output of the stack.
 */
export class LambentApi extends Construct {
  readonly url: string;
  /** Set for the kind `http-api`. */
  readonly httpApi?: HttpApi;
  /** Set for the kind `rest-api`. */
  readonly restApi?: RestApi;
  /** Set for the kind `function-url`. */
  readonly functionUrl?: FunctionUrl;

  constructor(scope: Construct, id: string, props: LambentApiProps) {
    super(scope, id);
    checkOptions<object>(props, RULES, `the props of ${this.node.path}`);
    const routes = props.routes === 'one' ? [] : gatewayRoutes(props.function.application.routes);
    Object.assign(this, this.#create(props, routes));
    this.url = this.httpApi?.apiEndpoint ?? this.restApi?.url ?? this.functionUrl!.url;
    new CfnOutput(this, 'Url', { value: this.url });
  }

  #create(
    props: LambentApiProps,
    routes: readonly GatewayRoute[],
  ): Pick<LambentApi, 'httpApi' | 'restApi' | 'functionUrl'> {
    const { function: target } = props;
    // Tells the API apart from those of other stacks.
    const name = this.node.path.replaceAll('/', '-');
    switch (props.kind) {
      case undefined:
      case 'http-api':
        return { httpApi: applicationHttpApi(this, target, routes, { apiName: name, ...props.api }) };
      case 'rest-api':
        return { restApi: applicationRestApi(this, target, routes, { restApiName: name, ...props.api }) };
      case 'function-url':
        return { functionUrl: target.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, ...props.api }) };
      default:
        throw new BootstrapError(
          `The kind of ${this.node.path} is ${JSON.stringify((props as LambentApiProps).kind)}; ` +
            'it takes http-api, rest-api or function-url.',
        );
    }
  }
}
