import { type Transform, transformValue } from './transform-value.js';

/** How one value is read. */
export interface ValueOptions {
  /** `json` gives the data, `binary` a Buffer; text unless given. */
  readonly transform?: Transform;
}

/** What `get` of a store takes beside the name. */
export interface GetValueOptions extends ValueOptions {
  /** Seconds for which a value that was fetched may be given again; the module's `maxAge` unless given, 0 fetches anew. */
  readonly maxAge?: number;
}

/** What Powertools' providers have in common. */
export interface ValueSource {
  get(name: string, options: { maxAge: number; decrypt?: boolean }): Promise<unknown>;
}

/** How messages speak of what a store holds. */
export interface Vocabulary {
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

/** Values that AWS keeps: fetched by name, and kept for a while. */
export abstract class ValueStore {
  protected abstract readonly vocabulary: Vocabulary;
  readonly #pending = new Map<string, Promise<unknown>>();

  constructor(protected readonly options: ValueStoreOptions) {}

  /**
   * The value of a name, as it is now or was at most `maxAge` seconds ago.
   *
   * @throws Error naming what could not be read, and why.
   */
  async get<T = string>(name: string, { transform, maxAge = this.options.maxAge ?? 5 }: GetValueOptions = {}): Promise<T> {
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
    return this.together(name, () => this.options.source.get(name, { maxAge }));
  }

  /** One request for all who ask at the same time, as modules do at bootstrap. */
  protected together(what: string, load: () => Promise<unknown>): Promise<unknown> {
    const pending = this.#pending.get(what) ?? load().finally(() => this.#pending.delete(what));
    this.#pending.set(what, pending);
    return pending;
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
