import type { CallerIdentity, RequestUser } from '../http/request/request-user.js';
import { asJsonObject, isJsonObject } from '../shared/json-values.js';
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

/** The option `user` as it is read here, whatever members the application's `RequestUser` has. */
export interface UserMapping {
  readonly user?: MapUser;
}

/**
 * Returns `request.user` for a caller.
 *
 * @throws TypeError for a result of `map` that is no user: in roles that are text, every part of it would be found.
 */
export function userOf(caller: CallerIdentity, map: MapUser | undefined): MaybePromise<RequestUser> {
  if (!map) return caller;
  return chain(map(caller), (added: unknown) => {
    const user = { ...caller, ...asJsonObject(added) };
    if (isJsonObject(added) && isText(user.id) && isTexts(user.roles) && isTexts(user.scopes)) return user;
    throw new TypeError(
      'The option user of an authentication module must return an object with members of the user: id is text, roles ' +
        'and scopes are lists of text.',
    );
  });
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
