import { brand } from '../shared/brand.js';
import type { JsonCodec } from '../http/json.js';
import type { PlainObject } from '../shared/types.js';

/** What one `@Idempotent` asks of the table. */
export interface IdempotentMethod {
  /** Keeps the keys of methods apart. */
  readonly name: string;
  /** JMESPath of the key in the data of an event. */
  readonly key: string;
  /** JMESPath of what has to be the same under one key. */
  readonly payload: string | undefined;
  /** Seconds for which a result is kept; the module's unless given. */
  readonly expiresAfter: number | undefined;
}

/** One event's work, which is to be done once. */
export interface IdempotentWork {
  /** What key and payload are found in. */
  readonly data: PlainObject;
  /** Milliseconds after which whoever has begun the work can't be at it any more; `undefined` for no limit that is known. */
  readonly remaining: number | undefined;
  /** Does the work; the result as JSON text, `undefined` for none. */
  readonly run: () => Promise<string | undefined>;
}

/** Does the work, or gives the text that is kept of it. */
export type RunOnce = (work: IdempotentWork) => Promise<string | undefined>;

export interface IdempotencyStoreOptions {
  readonly tableName: string;
  readonly json: JsonCodec;
  readonly prepare: (method: IdempotentMethod) => RunOnce;
  readonly close: () => void;
}

/** The table that remembers what was done; `IdempotencyModule` brings it. */
export class IdempotencyStore {
  constructor(private readonly options: IdempotencyStoreOptions) {}

  get tableName(): string {
    return this.options.tableName;
  }

  get json(): JsonCodec {
    return this.options.json;
  }

  prepare(method: IdempotentMethod): RunOnce {
    return this.options.prepare(method);
  }

  /** Destroys the client, unless it was given. */
  close(): void {
    this.options.close();
  }
}
brand(IdempotencyStore, 'IdempotencyStore');
