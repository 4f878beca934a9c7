import {
  checkCallOptions,
  checkOptions,
  oneOf,
  type OptionRule,
  type OptionRules,
} from '../../errors/check-options.js';
import { brand } from '../../shared/brand.js';
import { messageOf } from '../../shared/thrown.js';
import { CLIENT_RULES, type ClientOptions } from '../aws-client-config.js';

/** Options for reading a value. */
export interface ValueOptions {
  /** `json` returns the parsed value, `binary` a Buffer. Returns text by default. */
  readonly transform?: Transform;
}

/** Options of a store's `get`. */
export interface GetValueOptions extends ValueOptions {
  /** The greatest age of the value in seconds. Defaults to the module's `maxAge`; 0 always fetches. */
  readonly maxAge?: number;
}

/** The part of Powertools' providers that is used here. */
export interface ValueSource {
  get(name: string, options: FetchOptions & { decrypt?: boolean }): Promise<unknown>;
}

/**
 * Turns off Powertools' own cache, which uses the maximum age of the caller that stored a value, not of the one that
 * reads it.
 */
export interface FetchOptions {
  readonly maxAge: 0;
  readonly forceFetch: true;
}

export const FETCH: FetchOptions = { maxAge: 0, forceFetch: true };

/** The words for a store's values in messages. */
interface Vocabulary {
  /** Such as `parameter`. */
  readonly noun: string;
  /** Such as `Parameter Store`. */
  readonly place: string;
  /** The permissions that the function's role needs. */
  readonly actions: string;
}

/** Options of the modules for parameters, secrets and configurations. */
export interface ValueModuleOptions extends ClientOptions {
  /** Seconds for which a store caches a value. Defaults to 5. Injected values never change. */
  readonly maxAge?: number;
}

const seconds: OptionRule = { expected: 'seconds from 0', accepts: (value) => typeof value === 'number' && value >= 0 };

const MODULE_RULES: OptionRules<ValueModuleOptions> = { ...CLIENT_RULES, maxAge: seconds };

/** @throws BootstrapError for an unknown option or a wrong value. */
export function checkValueOptions<O extends ValueModuleOptions>(
  options: O,
  more: Omit<OptionRules<O>, keyof ValueModuleOptions>,
  module: string,
): void {
  checkOptions<object>(options, { ...MODULE_RULES, ...more }, `the options of ${module}`);
}

export interface ValueStoreOptions {
  readonly source: ValueSource;
  /** The greatest age of a value in seconds. Defaults to 5. */
  readonly maxAge: number | undefined;
  readonly close: () => void;
}

const MISSING = new Set(['ParameterNotFound', 'ParameterNotFoundError', 'ResourceNotFoundException']);

/** A value that was fetched, or is being fetched. */
interface Fetched {
  readonly value: Promise<unknown>;
  /** The start of the request, because the value may be that old. */
  readonly since: number;
  pending: boolean;
}

export const VALUE_RULES: OptionRules<ValueOptions> = { transform: oneOf('json', 'binary') };

const GET_RULES: OptionRules<GetValueOptions> = { ...VALUE_RULES, maxAge: seconds };

/** Fetches values from AWS by name, and caches them. */
export abstract class ValueStore {
  protected abstract readonly vocabulary: Vocabulary;
  readonly #fetched = new Map<string, Fetched>();

  constructor(protected readonly options: ValueStoreOptions) {}

  /**
   * Returns the value of a name, at most `maxAge` seconds old.
   *
   * @throws Error that says which value could not be read, and why; TypeError for an invalid `maxAge`.
   */
  async get<T = string>(name: string, options: GetValueOptions = {}): Promise<T> {
    checkCallOptions(options, GET_RULES, `the options of get() for the ${this.vocabulary.noun} "${name}"`);
    const { transform, maxAge = this.options.maxAge ?? 5 } = options;
    try {
      const value = await this.fetch(name, maxAge);
      if (value === undefined || value === null) throw new NoValue();
      return transformValue(value as string | Uint8Array, transform) as T;
    } catch (error) {
      throw this.#explained(name, error);
    }
  }

  /** Destroys the client, unless it is yours. */
  close(): void {
    this.options.close();
  }

  protected fetch(name: string, maxAge: number): Promise<unknown> {
    return this.shared(name, maxAge, () => this.options.source.get(name, FETCH));
  }

  /**
   * Returns what was fetched at most `maxAge` seconds ago, otherwise what `load` fetches.
   *
   * Simultaneous calls, such as those of modules during bootstrap, share one request. A call that needs a fresher value
   * than the current request returns waits for it to end, because AppConfig's token allows one request at a time.
   */
  protected async shared(key: string, maxAge: number, load: () => Promise<unknown>): Promise<unknown> {
    // Wall-clock time, which continues while Lambda freezes the process.
    const asked = Date.now();
    const isFresh = ({ since, pending }: Fetched): boolean =>
      asked - since < maxAge * 1000 || (pending && since >= asked);
    for (let known = this.#fetched.get(key); known; known = this.#fetched.get(key)) {
      if (isFresh(known)) return known.value;
      if (!known.pending) break;
      await known.value.catch(() => undefined);
    }
    return this.#load(key, load);
  }

  #load(key: string, load: () => Promise<unknown>): Promise<unknown> {
    const fetched: Fetched = { value: load(), since: Date.now(), pending: true };
    this.#fetched.set(key, fetched);
    fetched.value.then(
      () => (fetched.pending = false),
      () => this.#fetched.delete(key),
    );
    return fetched.value;
  }

  #explained(name: string, error: unknown): Error {
    const { noun, place, actions } = this.vocabulary;
    // Powertools wraps the SDK's errors.
    const cause = error instanceof Error && error.name === 'GetParameterError' ? error.cause : error;
    const { name: kind = '' } = Object(cause) as Partial<Error>;
    const message = messageOf(cause);
    const what = `The ${noun} "${name}"`;
    if (cause instanceof NoValue || MISSING.has(kind)) {
      return new MissingValueError(`${what} is not in ${place}: check its name, the region and the account.`, {
        cause,
      });
    }
    if (kind === 'AccessDeniedException') {
      return new Error(`${what}: access denied. Allow the function's role ${actions}. (${message})`, { cause });
    }
    return new Error(`${what} could not be read: ${message || kind}`, { cause });
  }
}

class NoValue extends Error {}

/** The error for a name that the store does not have. */
export class MissingValueError extends Error {}
brand(MissingValueError, 'MissingValueError');

/** The conversion of a value: `json` parses it, `binary` decodes base64 to a Buffer. */
export type Transform = 'json' | 'binary';

/** @throws SyntaxError when the value is not JSON. The message doesn't contain the value, which may be a secret. */
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
