import type { MaybePromise } from '../../shared/types.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { ResponsePolicies } from './make-policies.js';

const NONE: ResponsePolicies = {};

/** Makes the policies that the options ask for. Loads their code only if there are any. */
export function responsePolicies(options: ApplicationOptions): MaybePromise<ResponsePolicies> {
  const { compression, cors, etag, securityHeaders } = options;
  if (!compression && !cors && !etag && !securityHeaders) return NONE;
  return import('./make-policies.js').then(({ makePolicies }) => makePolicies(options));
}
