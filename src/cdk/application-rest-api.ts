import {
  AuthorizationType,
  type IResource,
  LambdaIntegration,
  type MethodOptions,
  RestApi,
  type RestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { GatewayRoute } from './gateway-routes.js';
import type { LambentFunction } from './lambent-function.js';

const REST: RestApiProps = {
  // For uploads and files, whose bytes the API would otherwise treat as text.
  binaryMediaTypes: ['*/*'],
  // The CDK would set the role with which all REST APIs of the account and region write logs.
  cloudWatchRole: false,
};

/** Requires no credentials, because browsers send preflights without them. */
const OPEN: MethodOptions = {
  authorizationType: AuthorizationType.NONE,
  authorizer: { authorizerId: '', authorizationType: AuthorizationType.NONE },
  apiKeyRequired: false,
};

/**
 * Creates a REST API. `{proxy+}` takes requests for all other paths, and `ANY` of each resource takes all other
 * methods, so the application handles 404, 405, HEAD and preflights.
 */
export function applicationRestApi(
  scope: Construct,
  target: LambentFunction,
  routes: readonly GatewayRoute[],
  props: RestApiProps = {},
): RestApi {
  const defaultIntegration = new LambdaIntegration(target, { scopePermissionToMethod: false });
  const api = new RestApi(scope, 'RestApi', { ...REST, ...props, defaultIntegration });
  const tree = new ResourceTree(api.root);
  for (const { method, path } of routes) {
    const resource = tree.at(path);
    if (method !== 'ALL' && !resource?.node.tryFindChild(method)) resource?.addMethod(method);
  }
  return api;
}

/** The resources of an API, each with an `ANY` method. */
class ResourceTree {
  /** The path variable below each resource, which may have only one. */
  readonly #variables = new Map<IResource, string>();

  constructor(private readonly root: IResource) {
    this.#withAny(root);
    this.#withAny(root.addProxy({ anyMethod: false }));
    this.#variables.set(root, '{proxy+}');
  }

  /** Returns a path's resource, or `undefined` when another variable has its place: `{proxy+}` takes its requests. */
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
    return this.#withAny(parent.addResource(segment));
  }

  #withAny(resource: IResource): IResource {
    resource.addMethod('ANY');
    const { authorizer, authorizationType, apiKeyRequired } = resource.defaultMethodOptions ?? {};
    if (authorizer || authorizationType || apiKeyRequired) resource.addMethod('OPTIONS', undefined, OPEN);
    return resource;
  }
}
