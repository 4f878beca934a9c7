// oxlint-disable unicorn/consistent-function-scoping -- bundles contain the text of one function
// The API of reflect-metadata in 1 kB instead of 8.

type Key = string | symbol | undefined;
type Values = Map<unknown, unknown>;

/** The functions that reflect-metadata adds to `Reflect`. */
interface MetadataApi {
  metadata(name: unknown, value: unknown): (target: object, key?: Key) => void;
  defineMetadata(name: unknown, value: unknown, target: object, key?: Key): void;
  decorate(decorators: readonly Function[], target: object, key?: Key, descriptor?: unknown): unknown;
  hasMetadata(name: unknown, target: object, key?: Key): boolean;
  hasOwnMetadata(name: unknown, target: object, key?: Key): boolean;
  getMetadata(name: unknown, target: object, key?: Key): unknown;
  getOwnMetadata(name: unknown, target: object, key?: Key): unknown;
  getMetadataKeys(target: object, key?: Key): unknown[];
  getOwnMetadataKeys(target: object, key?: Key): unknown[];
  deleteMetadata(name: unknown, target: object, key?: Key): boolean;
}

/**
 * Installs the API of reflect-metadata. It also registers each class that a compiler emits types for, as
 * metadata/class-registry.ts does. Where reflect-metadata is loaded already, classes are all that it adds.
 *
 * Bundles contain the text of this function, so it refers to nothing outside of itself.
 */
export function installReflectMetadata(): void {
  const shared = globalThis as unknown as Record<symbol, Set<unknown>>;
  const classes = (shared[Symbol.for('lambent.classes')] ??= new Set());
  const api: Partial<MetadataApi> = Reflect as Partial<MetadataApi>;
  const original = api.defineMetadata;
  const members = new WeakMap<object, Map<Key, Values>>();

  const nameOf = (key: Key): Key => (key === undefined || typeof key === 'symbol' ? key : String(key));
  const memberOf = (target: object): Map<Key, Values> | undefined => {
    if (Object(target) !== target) throw new TypeError('The target of metadata is not an object.');
    return members.get(target);
  };
  const valuesOf = (target: object, key: Key): Values | undefined => memberOf(target)?.get(nameOf(key));
  const keysOf = (target: object, key: Key): unknown[] => [...(valuesOf(target, key)?.keys() ?? [])];
  const prototypeOf = (target: object) => Object.getPrototypeOf(target) as object | null;
  const parentOf = (target: object): object | null => {
    const parent = prototypeOf(target);
    if (typeof target !== 'function' || parent !== Function.prototype) return parent;
    // Functions that inherit by their prototypes alone, as `util.inherits` lets them.
    const inherited = Object(target.prototype) === target.prototype && prototypeOf(target.prototype as object);
    if (!inherited || inherited === Object.prototype) return parent;
    const { constructor } = inherited;
    return typeof constructor === 'function' && constructor !== target ? constructor : parent;
  };
  const holderOf = (name: unknown, target: object, key: Key): Values | undefined => {
    let values = valuesOf(target, key);
    for (let owner = parentOf(target); owner && values?.has(name) !== true; owner = parentOf(owner))
      values = valuesOf(owner, key);
    return values?.has(name) ? values : undefined;
  };

  const store: MetadataApi['defineMetadata'] = (name, value, target, key) => {
    const all = memberOf(target) ?? new Map<Key, Values>();
    const values = all.get(nameOf(key)) ?? new Map<unknown, unknown>();
    members.set(target, all.set(nameOf(key), values.set(name, value)));
  };
  const defineMetadata: MetadataApi['defineMetadata'] = (name, value, target, key) => {
    (original ?? store)(name, value, target, key);
    if (String(name).startsWith('design:')) classes.add(typeof target === 'function' ? target : target.constructor);
  };

  const recording: Partial<MetadataApi> = {
    defineMetadata,
    metadata: (name, value) => (target, key) => defineMetadata(name, value, target, key),
  };
  const reading: Partial<MetadataApi> = {
    decorate: (decorators, target, key, descriptor) =>
      decorators.reduceRight<unknown>(
        (before, decorate) => (key === undefined ? decorate(before) : decorate(target, key, before)) ?? before,
        key === undefined ? target : descriptor,
      ),
    hasMetadata: (name, target, key) => holderOf(name, target, key) !== undefined,
    hasOwnMetadata: (name, target, key) => valuesOf(target, key)?.has(name) === true,
    getMetadata: (name, target, key) => holderOf(name, target, key)?.get(name),
    getOwnMetadata: (name, target, key) => valuesOf(target, key)?.get(name),
    getMetadataKeys: (target, key) => {
      const names = keysOf(target, key);
      for (let owner = parentOf(target); owner; owner = parentOf(owner)) names.push(...keysOf(owner, key));
      return [...new Set(names)];
    },
    getOwnMetadataKeys: keysOf,
    deleteMetadata: (name, target, key) => valuesOf(target, key)?.delete(name) === true,
  };
  for (const [name, value] of Object.entries(original ? recording : { ...recording, ...reading }))
    Object.defineProperty(Reflect, name, { value, configurable: true, writable: true });
}
