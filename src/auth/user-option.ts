import type { CallerIdentity, RequestUser } from '../http/request/request-user.js';
import { isJsonObject } from '../shared/json-values.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** The members that the application adds to {@link RequestUser}. */
export type AddedMembers = Omit<RequestUser, keyof CallerIdentity>;

/**
 * Returns the members that the application adds to `request.user`, from the claims or a database; may replace others.
 *
 * @throws HttpException to refuse the caller.
 */
export type MapUser<Added = AddedMembers> = (caller: CallerIdentity) => MaybePromise<Added & Partial<CallerIdentity>>;

/** Required where the application's `RequestUser` has members that have to be filled. */
export type UserOption<Added = AddedMembers> = {} extends Added
  ? {
      /** Adds members to `request.user`. */
      readonly user?: MapUser<Added>;
    }
  : {
      /** Adds members to `request.user`. */
      readonly user: MapUser<Added>;
    };

/** Returns `request.user` for a caller. */
export function userOf(caller: CallerIdentity, map: MapUser | undefined): MaybePromise<RequestUser> {
  if (!map) return caller;
  return chain(map(caller), (added: unknown) => {
    if (isJsonObject(added)) return { ...caller, ...added };
    throw new TypeError('The option user of an authentication module must return an object with members of the user.');
  });
}
