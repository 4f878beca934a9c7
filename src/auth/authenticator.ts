import type { RequestUser } from '../http/request/request-user.js';
import type { Request } from '../http/request/request.js';
import type { MaybePromise } from '../shared/types.js';

/** One way to authenticate callers. */
export interface Authenticator {
  /** The challenge for callers without credentials, as in `Bearer`; `undefined` if no header could help. */
  readonly challenge?: string;
  /**
   * Returns the caller; `undefined` if the request has no credentials of this kind.
   *
   * @throws HttpException for credentials that are not valid.
   */
  authenticate(request: Request): MaybePromise<RequestUser | undefined>;
}
