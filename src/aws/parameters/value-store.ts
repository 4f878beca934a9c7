import { anything, checkCallOptions, oneOf, type Rules } from '../../errors/check-options.js';

/** How one value is read. */
export interface ValueOptions {
  /** `json` gives the data, `binary` a Buffer; text unless given. */
  readonly transform?: Transform;
}

/** What `get` of a store takes beside the name. */
export interface GetValueOptions extends ValueOptions {
  /** How old the value may be, in seconds; the module's `maxAge` unless given, 0 fetches anew. */
  readonly maxAge?: number;
}

/** What Powertools' providers have in common. */
export interface ValueSource {
  get(name: string, options: FetchOptions & { decrypt?: boolean }): Promise<unknown>;
}

/**
 * Keeps Powertools from giving what it has kept: for how long that is good, it asks whoever stored it, and not whoever
 * asks.
 */
export interface FetchOptions {
  readonly maxAge: 0;
  readonly forceFetch: true;
}

export const FETCH: FetchOptions = { maxAge: 0, forceFetch: true };

/** How messages speak of what a store holds. */
interface Vocabulary {
  /** As in `parameter`. */
  readonly noun: string;
  /** As in `the Parameter Store`. */
  readonly place: string;
  /** What the function's role has to be allowed. */
  readonly actions: string;
}

export interface ValueStoreOptions {
  readonly source: ValueSource;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly close: () => void;
}

const MISSING = new Set(['ParameterNotFound', 'ParameterNotFoundError', 'ResourceNotFoundException']);

/** What was fetched, or is being fetched. */
interface Fetched {
  readonly value: Promise<unknown>;
  /** When the request was begun: the value may be as old as that. */
  readonly since: number;
  pending: boolean;
}

const RULES: Rules<GetValueOptions> = { transform: oneOf('json', 'binary'), maxAge: anything };

/** Values that AWS keeps: fetched by name, and kept for a while. */
export abstract class ValueStore {
  protected abstract readonly vocabulary: Vocabulary;
  readonly #fetched = new Map<string, Fetched>();

  constructor(protected readonly options: ValueStoreOptions) {}

  /**
   * The value of a name, as it is now or was at most `maxAge` seconds ago.
   *
   * @throws Error naming what could not be read, and why. TypeError for a `maxAge` that is no number from 0.
   */
  async get<T = string>(name: string, options: GetValueOptions = {}): Promise<T> {
    checkCallOptions(options, RULES, `what get() takes for the ${this.vocabulary.noun} "${name}"`);
    const { transform, maxAge = this.options.maxAge ?? 5 } = options;
    if (!(typeof maxAge === 'number' && maxAge >= 0)) {
      throw new TypeError(
        `The ${this.vocabulary.noun} "${name}": maxAge is ${String(maxAge)}; it takes seconds from 0`,
      );
    }
    try {
      const value = await this.fetch(name, maxAge);
      if (value === undefined || value === null) throw new MissingValueError();
      return transformValue(value as string | Uint8Array, transform) as T;
    } catch (error) {
      throw this.#explained(name, error);
    }
  }

  /** Destroys the client, unless it was given. */
  close(): void {
    this.options.close();
  }

  protected fetch(name: string, maxAge: number): Promise<unknown> {
    return this.together(name, maxAge, () => this.options.source.get(name, FETCH));
  }

  /**
   * What was fetched at most `maxAge` seconds ago, else what `load` fetches.
   *
   * One request for all who ask at the same time, as modules do at bootstrap; who wants it fresher than one that is
   * under way waits for its end: AppConfig's token is good for one request at a time.
   */
  protected async together(what: string, maxAge: number, load: () => Promise<unknown>): Promise<unknown> {
    // By the clock of the day, which goes on while Lambda has frozen the process.
    const asked = Date.now();
    const isFresh = ({ since, pending }: Fetched): boolean =>
      asked - since < maxAge * 1000 || (pending && since >= asked);
    for (let known = this.#fetched.get(what); known; known = this.#fetched.get(what)) {
      if (isFresh(known)) return known.value;
      if (!known.pending) break;
      await known.value.catch(() => undefined);
    }
    return this.#load(what, load);
  }

  #load(what: string, load: () => Promise<unknown>): Promise<unknown> {
    const fetched: Fetched = { value: load(), since: Date.now(), pending: true };
    this.#fetched.set(what, fetched);
    fetched.value.then(
      () => (fetched.pending = false),
      () => this.#fetched.delete(what),
    );
    return fetched.value;
  }

  #explained(name: string, error: unknown): Error {
    const { noun, place, actions } = this.vocabulary;
    // Powertools wraps what the SDK throws.
    const cause = error instanceof Error && error.name === 'GetParameterError' ? error.cause : error;
    const { name: kind, message } = cause as Error;
    const what = `The ${noun} "${name}"`;
    if (cause instanceof MissingValueError || MISSING.has(kind)) {
      return new Error(`${what} is not in ${place}: check its name, the region and the account.`, { cause });
    }
    if (kind === 'AccessDeniedException') {
      return new Error(`${what} may not be read by the function: allow its role ${actions}. (${message})`, { cause });
    }
    return new Error(`${what} can't be read: ${message || kind}`, { cause });
  }
}

class MissingValueError extends Error {}

/** What is made of a value: of JSON the data, of base64 (or of bytes) a Buffer. */
export type Transform = 'json' | 'binary';

/** @throws SyntaxError when the value is no JSON. It says nothing of the value, which may be a secret. */
function transformValue(value: string | Uint8Array, transform: Transform | undefined): unknown {
  if (transform === 'binary') return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value);
  const text = typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
  return transform === 'json' ? parse(text) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('its value is not valid JSON');
  }
}
