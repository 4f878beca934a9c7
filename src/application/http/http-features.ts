import type { nestedFields } from '../../http/request/nested-fields.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { ResponsePolicies } from './make-policies.js';

/** What the options of the application ask for, and others don't load. */
export interface HttpFeatures {
  readonly policies: ResponsePolicies;
  /** Parses brackets in the names of a query; `undefined` for flat queries. */
  readonly nestedFields: typeof nestedFields | undefined;
}

/** Loads the code of what the options ask for. */
export async function loadHttpFeatures(options: ApplicationOptions): Promise<HttpFeatures> {
  const { compression, cors, etag, query, securityHeaders } = options;
  const hasPolicies = compression || cors || etag || securityHeaders;
  return {
    policies: hasPolicies ? (await import('./make-policies.js')).makePolicies(options) : {},
    nestedFields: query === 'nested' ? (await import('../../http/request/nested-fields.js')).nestedFields : undefined,
  };
}
