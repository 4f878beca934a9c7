import type { nestedFields } from '../../http/request/nested-fields.js';
import { hasResponse } from '../../http/response/new-response.js';
import { type ProviderPlan, targetsOf } from '../../modules/provider-plan.js';
import type { ApplicationPlan } from '../application-plan.js';
import type { EnhancersPlan, MethodPlan } from '../method/method-plan.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { ResponsePolicies } from './make-policies.js';

/** The features of HTTP that an application's options ask for. The code of others is not loaded. */
export interface HttpFeatures {
  readonly policies: ResponsePolicies;
  /** Parses brackets in the names of a query; `undefined` for flat queries. */
  readonly nestedFields: typeof nestedFields | undefined;
}

/** Loads the code of what the options ask for, and of what user code can only reach if it is there. */
export async function loadHttpFeatures(plan: ApplicationPlan, options: ApplicationOptions): Promise<HttpFeatures> {
  const { compression, cors, etag, query, securityHeaders } = options;
  const hasPolicies = compression || cors || etag || securityHeaders;
  // Where user code names the class, it is there already, and the import would read a file for nothing.
  if (!hasResponse() && mayUseResponse(plan)) await import('../../http/response/response.js');
  return {
    policies: hasPolicies ? (await import('./make-policies.js')).makePolicies(options) : {},
    nestedFields: query === 'nested' ? (await import('../../http/request/nested-fields.js')).nestedFields : undefined,
  };
}

/**
 * Whether user code may ask for the event's `Response` without naming the class: through the context of an event, a
 * parameter, or a dependency. Lazy modules are planned later, so they may.
 */
function mayUseResponse({ modules, enhancers, routes, lazyModules }: ApplicationPlan): boolean {
  return (
    lazyModules !== undefined ||
    seesContext(enhancers) ||
    routes.some(({ method }) => method.enhancers.some(seesContext) || takesResponse(method)) ||
    modules.order.some((provider) => targetsOf(provider).some(isResponse))
  );
}

function seesContext({ guards, interceptors, filters }: EnhancersPlan): boolean {
  return [guards, interceptors, filters].some((list) => list !== undefined && list.length > 0);
}

function takesResponse({ arguments: { list } }: MethodPlan): boolean {
  return list.some(
    ({ kind, provider }) =>
      kind === 'response' || kind === 'custom' || (provider !== undefined && isResponse(provider)),
  );
}

function isResponse({ definition }: ProviderPlan): boolean {
  return 'builtIn' in definition && definition.builtIn === 'response';
}
