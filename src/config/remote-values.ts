import { MissingValueError, type ValueStore } from '../aws/parameters/value-store.js';
import type { Settings } from '../settings/settings.js';
import { jsonIn } from '../shared/json-values.js';
import { isPlainObject } from '../shared/plain-object.js';
import { messageOf } from '../shared/thrown.js';
import type { ProtectedConstructor } from '../shared/types.js';

/** A service of AWS that holds values by name. */
export interface RemoteStore {
  /** The word for a value in messages. */
  readonly noun: 'parameter' | 'secret';
  /** The token of the store that the application may already have. */
  readonly token: ProtectedConstructor<ValueStore>;
  /** Opens a store for an application that has none. */
  open(settings: Settings | undefined): Promise<ValueStore>;
}

/** The value that a parameter or a secret holds. */
export interface RemoteValue {
  readonly store: RemoteStore;
  readonly name: string;
  /** The member of a secret's JSON. */
  readonly key: string | undefined;
}

/** A value, or why there is none. */
export type FetchedValue =
  | { readonly value: unknown }
  | {
      readonly reason: string;
      /** Whether nothing has its name, so that a default takes its place. */
      readonly isMissing: boolean;
    };

/** Fetches values for one configuration: each name once, all at the same time. */
export class RemoteValues {
  readonly #fetched = new Map<string, Promise<FetchedValue>>();
  readonly #own = new Map<RemoteStore, Promise<ValueStore>>();

  /**
   * @param given The stores that the application has. The test kit may replace them with objects that only have `get`.
   * @param settings For the clients of stores that are opened here.
   */
  constructor(
    private readonly given: ReadonlyMap<RemoteStore, Pick<ValueStore, 'get'>>,
    private readonly settings: Settings | undefined,
  ) {}

  async fetch({ store, name, key }: RemoteValue): Promise<FetchedValue> {
    const id = `${store.noun} ${name}`;
    let fetched = this.#fetched.get(id);
    if (!fetched) this.#fetched.set(id, (fetched = this.#load(store, name)));
    const text = await fetched;
    return key === undefined || 'reason' in text ? text : memberOf(text.value, `The secret "${name}"`, key);
  }

  /** Closes the stores that were opened here. */
  async close(): Promise<void> {
    for (const opened of await Promise.allSettled(this.#own.values()))
      if (opened.status === 'fulfilled') opened.value.close();
  }

  async #load(store: RemoteStore, name: string): Promise<FetchedValue> {
    try {
      const opened = await (this.given.get(store) ?? this.#open(store));
      const value = await opened.get<unknown>(name);
      if (value !== undefined) return { value };
      return { reason: `The ${store.noun} "${name}" has no value in the store that replaces AWS.`, isMissing: true };
    } catch (error) {
      return { reason: messageOf(error), isMissing: error instanceof MissingValueError };
    }
  }

  #open(store: RemoteStore): Promise<ValueStore> {
    let opened = this.#own.get(store);
    if (!opened) this.#own.set(store, (opened = store.open(this.settings)));
    return opened;
  }
}

/**
 * Returns a member of a secret's JSON. If there is none, the reason does not name the others, which may tell something.
 */
function memberOf(text: unknown, secret: string, key: string): FetchedValue {
  const members = typeof text === 'string' ? jsonIn(text) : text;
  if (!isPlainObject(members))
    return { reason: `${secret} is not a JSON object, so it has no member "${key}".`, isMissing: false };
  if (Object.hasOwn(members, key)) return { value: members[key] };
  return { reason: `${secret} has no member "${key}".`, isMissing: true };
}
