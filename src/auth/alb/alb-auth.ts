import type { RequestUser } from '../../http/request/request-user.js';
import type { Request } from '../../http/request/request.js';
import { brand } from '../../shared/brand.js';
import type { MaybePromise } from '../../shared/types.js';
import type { Authenticator } from '../authenticators.js';

/**
 * The authentication that `AlbAuthModule` provides to guards. Apart from its implementation, which guards without it
 * don't load.
 */
export abstract class AlbAuth implements Authenticator {
  abstract authenticate(request: Request): MaybePromise<RequestUser | undefined>;
}
brand(AlbAuth, 'AlbAuth');
