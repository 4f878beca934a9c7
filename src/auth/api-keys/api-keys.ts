import { UnauthorizedException } from '../../errors/exceptions.js';
import { withoutStack } from '../../errors/http-exception.js';
import type { CallerIdentity, RequestUser } from '../../http/request/request-user.js';
import type { Request } from '../../http/request/request.js';
import { brand } from '../../shared/brand.js';
import type { MaybePromise } from '../../shared/types.js';
import type { Authenticator } from '../authenticators.js';
import { type MapUser, userOf } from '../user-option.js';

/** A key and the caller that it belongs to. */
export interface ApiKey {
  /** The caller, which becomes `request.user.id`. Several keys may have the same name, as while one is replaced. */
  readonly name: string;
  /** The key itself. Use at least 128 random bits, as from `openssl rand -hex 16`. */
  readonly key: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
}

/**
 * The functions of `node:crypto` that are used here. It takes 5 ms to load, which guards without API keys need not wait
 * for.
 */
type Crypto = Pick<typeof import('node:crypto'), 'createHash' | 'timingSafeEqual'>;

export interface ApiKeysParts {
  readonly crypto: Crypto;
  readonly keys: readonly ApiKey[];
  /** In lower case. */
  readonly header: string;
  readonly user: MapUser | undefined;
}

interface KnownKey extends ApiKey {
  readonly digest: Buffer;
}

/** Recognizes API keys. `ApiKeyModule` provides it, for the guards. */
export class ApiKeys implements Authenticator {
  readonly challenge = 'ApiKey';
  readonly #known: readonly KnownKey[];

  constructor(private readonly parts: ApiKeysParts) {
    this.#known = parts.keys.map((one) => ({ ...one, digest: this.#digest(one.key) }));
  }

  authenticate(request: Request): MaybePromise<RequestUser | undefined> {
    const key = request.header(this.parts.header);
    return key === undefined ? undefined : this.verify(key);
  }

  /** Returns the user of a key. @throws UnauthorizedException for an unknown key. */
  verify(key: string): MaybePromise<RequestUser> {
    const known = this.#find(key);
    if (known) return userOf(callerOf(known), this.parts.user);
    throw withoutStack(
      () => new UnauthorizedException('The API key is invalid', { headers: { 'www-authenticate': this.challenge } }),
    );
  }

  /** Compares with every key, in a time that depends on neither of the two. */
  #find(key: string): KnownKey | undefined {
    const given = this.#digest(key);
    const { timingSafeEqual } = this.parts.crypto;
    let found: KnownKey | undefined;
    for (const known of this.#known) if (timingSafeEqual(known.digest, given)) found = known;
    return found;
  }

  /** A comparison in constant time needs texts of one length, and hides that of the keys. */
  #digest(key: string): Buffer {
    return this.parts.crypto.createHash('sha256').update(key).digest();
  }
}
brand(ApiKeys, 'ApiKeys');

/** An object for each request: what a guard or a method adds to its user must not reach the next one with the key. */
function callerOf({ name, roles = [], scopes = [] }: ApiKey): CallerIdentity {
  return { id: name, method: 'api-key', roles: [...roles], scopes: [...scopes], claims: {} };
}
