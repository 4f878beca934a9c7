import {
  AuthorizationType,
  type IResource,
  LambdaIntegration,
  type MethodOptions,
  RestApi,
  type RestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { apiName, type GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

const REST: RestApiProps = {
  // Bytes of uploads and files: without it the API would take them for text.
  binaryMediaTypes: ['*/*'],
};

/** Browsers send preflights without credentials. */
const FOR_ALL: MethodOptions = {
  authorizationType: AuthorizationType.NONE,
  authorizer: { authorizerId: '', authorizationType: AuthorizationType.NONE },
  apiKeyRequired: false,
};

/**
 * `{proxy+}` takes what no other resource does, and `ANY` of each resource what none of its methods does, so that the
 * application answers 404, 405, HEAD and preflights.
 */
export function applicationRestApi(
  scope: Construct,
  target: LambentFunction,
  routes: readonly GatewayRoute[],
  props: RestApiProps = {},
): RestApi {
  const defaultIntegration = new LambdaIntegration(target, { scopePermissionToMethod: false });
  const api = new RestApi(scope, 'RestApi', { restApiName: apiName(scope), ...REST, ...props, defaultIntegration });
  const tree = new ResourceTree(api.root);
  for (const { method, path } of routes) {
    const resource = tree.at(path);
    if (method !== 'ALL' && !resource?.node.tryFindChild(method)) resource?.addMethod(method);
  }
  return api;
}

/** Resources of an API, each with its `ANY`. */
class ResourceTree {
  /** The one segment with a variable that a resource may have below it. */
  readonly #variables = new Map<IResource, string>();

  constructor(private readonly root: IResource) {
    this.#answer(root);
    this.#answer(root.addProxy({ anyMethod: false }));
    this.#variables.set(root, '{proxy+}');
  }

  /** @returns `undefined` where another variable has the place: `{proxy+}` takes what would come there. */
  at(path: string): IResource | undefined {
    const segments = path.split('/').filter(Boolean);
    let resource: IResource | undefined = this.root;
    for (const segment of segments) resource &&= this.#below(resource, segment);
    return resource;
  }

  #below(parent: IResource, segment: string): IResource | undefined {
    const existing = parent.getResource(segment);
    if (existing) return existing;
    if (segment.startsWith('{')) {
      if (this.#variables.has(parent)) return undefined;
      this.#variables.set(parent, segment);
    }
    return this.#answer(parent.addResource(segment));
  }

  #answer(resource: IResource): IResource {
    resource.addMethod('ANY');
    const { authorizer, authorizationType, apiKeyRequired } = resource.defaultMethodOptions ?? {};
    if (authorizer || authorizationType || apiKeyRequired) resource.addMethod('OPTIONS', undefined, FOR_ALL);
    return resource;
  }
}
