import { reasonOf } from '../../logging/access-log/error-reason.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { atMost } from '../../shared/promise.js';
import type { KeySet } from './jwt-options.js';

type Key = KeySet['keys'][number];

/** A token whose signature is not verified yet. */
export interface UnverifiedToken {
  readonly header: { readonly alg?: string; readonly kid?: string; readonly [member: string]: unknown };
  readonly payload: { readonly iss?: string };
}

/** The place of a token's key. */
export interface KeyLocation {
  /** The URL of its set. */
  readonly url: string;
  readonly kid: string;
  readonly alg: string;
}

/**
 * Milliseconds between two fetches of one key set: for tokens with unknown keys, and after a failure. Bounds what a
 * caller with invented key ids can cause.
 */
export const FETCH_INTERVAL = 10_000;

/** Milliseconds of the init phase, which has ten seconds, for an issuer that doesn't respond. */
const PRELOAD_TIME = 5000;

/** Thrown for a key that may be in a newer version of its set. */
export class KeysWanted extends Error {
  constructor(readonly url: string) {
    super('The key of the token has to be fetched');
  }
}

/** Thrown while no version of a key set is known, and none can be fetched. */
export class KeysUnavailable extends Error {}

export interface KeySetsOptions {
  /** Fetches the key set at a URL. */
  readonly fetch: (url: string) => Promise<KeySet>;
  /**
   * Finds out where the key of a token is. Nothing else in its header is believed: neither a key (`jwk`, `x5c`), nor
   * where to get one (`jku`, `x5u`).
   *
   * @throws Error for what no key could make valid, before one is fetched.
   */
  readonly locate: (url: string, token: UnverifiedToken) => KeyLocation;
  /** Milliseconds. */
  readonly maxAge: number;
  /** The number of sets that are kept, where tokens name them. */
  readonly maxSets?: number;
  /** Called with each fetched set. */
  readonly loaded: (url: string, jwks: KeySet) => void;
}

interface Known {
  jwks?: KeySet;
  /** The time at which it was fetched; infinite if it is never fetched. */
  fetchedAt: number;
  /** The end of the last fetch, whether it succeeded or not. */
  triedAt: number;
  /** The fetch in progress. */
  fetching?: { readonly since: number; readonly done: Promise<void> } | undefined;
}

/**
 * The keys of all issuers: the part of aws-jwt-verify's `JwksCache` that needs no promise.
 *
 * They are kept between invocations, and fetched again when they are old, and when a token names a key that is not
 * among them. Compares clock times, because timers stand still while Lambda freezes the process.
 */
export class KeySets {
  readonly #known = new Map<string, Known>();

  constructor(private readonly options: KeySetsOptions) {}

  /** Sets keys that are never fetched. */
  fix(url: string, jwks: KeySet): void {
    this.#known.set(url, { jwks, fetchedAt: Number.POSITIVE_INFINITY, triedAt: Number.POSITIVE_INFINITY });
  }

  /** Fetches every set that is not fixed. What fails is fetched again when a token needs it. */
  async preload(urls: Iterable<string>): Promise<void> {
    await Promise.all(
      [...urls].map(async (url) => {
        await atMost(PRELOAD_TIME, this.load(url));
        const known = this.#of(url);
        if (!known.jwks) known.triedAt = Number.NEGATIVE_INFINITY;
      }),
    );
  }

  /** Fetches a set; several that want it at once share the fetch. Never rejects: a failure is logged. */
  load(url: string): Promise<void> {
    const known = this.#of(url);
    const now = Date.now();
    if (known.fetchedAt === Number.POSITIVE_INFINITY) return Promise.resolve();
    if (known.fetching && !hangs(known.fetching)) return known.fetching.done;
    const fetching = { since: now, done: this.#fetch(url, known, now) };
    known.fetching = fetching;
    return fetching.done.finally(() => {
      if (known.fetching === fetching) known.fetching = undefined;
    });
  }

  async #fetch(url: string, known: Known, since: number): Promise<void> {
    try {
      const jwks = await this.options.fetch(url);
      // A later fetch has overtaken this one, which may have what was withdrawn meanwhile.
      if (known.triedAt <= since) this.options.loaded(url, jwks);
    } catch (error) {
      known.triedAt = Date.now();
      getLogger().warning('The keys of a token issuer could not be fetched', { url, error: reasonOf(error) });
    }
  }

  /**
   * Returns the key that a token names.
   *
   * @throws KeysWanted if the key has to be fetched, KeysUnavailable if it can't be, Error if the token can't be valid.
   */
  getCachedJwk(issuerUrl: string, token: UnverifiedToken): Key {
    // RFC 7515, section 4.1.11: what must be understood, and is not.
    if (token.header['crit'] !== undefined) throw new Error('The token has critical header parameters');
    const { url, alg, kid } = this.options.locate(issuerUrl, token);
    const known = this.#of(url);
    const key = known.jwks?.keys.find((one) => one.kid === kid);
    // One caller fetches a newer set; the others are verified with the old one meanwhile.
    if (key ? this.#isOld(known) && isDue(known) : known.fetching || isDue(known)) throw new KeysWanted(url);
    if (!known.jwks) throw new KeysUnavailable();
    if (!key) throw new Error('The token names a key that its issuer does not have');
    if (key.kty !== KEY_TYPES[alg.slice(0, 2)]) throw new Error(`A key of type ${key.kty} does not sign ${alg}`);
    return key;
  }

  #isOld({ fetchedAt }: Known): boolean {
    return Date.now() - fetchedAt >= this.options.maxAge;
  }

  /** Called by the library's verifier, for what it was given. */
  addJwks(url: string, jwks: KeySet): void {
    const known = this.#of(url);
    known.jwks = jwks;
    known.fetchedAt = known.triedAt = Date.now();
  }

  #of(url: string): Known {
    let known = this.#known.get(url);
    if (!known) {
      this.#makeRoom();
      this.#known.set(url, (known = { fetchedAt: Number.NEGATIVE_INFINITY, triedAt: Number.NEGATIVE_INFINITY }));
    }
    return known;
  }

  /** Forgets a set without keys first: callers can invent as many of those as they like. */
  #makeRoom(): void {
    if (this.#known.size < (this.options.maxSets ?? Number.POSITIVE_INFINITY)) return;
    const [oldest] = this.#known.keys();
    const [empty = oldest] = [...this.#known].find(([, { jwks }]) => !jwks?.keys.length) ?? [];
    this.#known.delete(empty as string);
  }
}

function isDue({ fetching, triedAt }: Known): boolean {
  return (!fetching || hangs(fetching)) && Date.now() - triedAt >= FETCH_INTERVAL;
}

/** Whether a fetch takes so long, as after a thaw, that it must not hold up a later one. */
function hangs({ since }: NonNullable<Known['fetching']>): boolean {
  return Date.now() - since >= FETCH_INTERVAL;
}

/** By the first letters of the algorithm. RFC 8725, section 3.1: a key is used with the algorithms of its type. */
const KEY_TYPES: Readonly<Record<string, string>> = { RS: 'RSA', ES: 'EC', Ed: 'OKP' };
