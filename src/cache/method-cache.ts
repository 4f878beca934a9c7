import { createHash } from 'node:crypto';
import { isPromise } from 'node:util/types';
import type { LRUCache } from 'lru-cache';
import { comparable, keyText, lacksPart } from '../errors/comparable-key.js';
import { describeValue } from '../errors/describe-value.js';
import { missingPeers } from '../errors/missing-peers.js';
import { onDemand } from '../shared/on-demand.js';
import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { type SharedCall, SingleFlight, withSignal } from './single-flight.js';

/** A method with `@Cached`, and its options. */
export interface CachedMethod {
  /** As in `@Cached on Users.find`, for messages. */
  readonly where: string;
  readonly run: (this: object, ...args: unknown[]) => unknown;
  /** Milliseconds. */
  readonly ttl: number;
  readonly max: number;
  readonly by: ((...args: never[]) => unknown) | undefined;
}

type Values = LRUCache<string, { readonly value: unknown }>;

const library = onDemand(() => import('lru-cache').catch(missingPeers('@Cached', 'lru-cache')));

/** The values of one method of one instance. */
export class MethodCache {
  readonly #flights = new SingleFlight();
  readonly #values = onDemand(() => this.#open());

  constructor(
    private readonly instance: object,
    private readonly method: CachedMethod,
  ) {}

  /** Runs the method before anything is awaited: the caller may change the arguments afterwards. */
  async call(args: readonly unknown[]): Promise<unknown> {
    const key = keyOf(args, this.method);
    const values = this.#values();
    const kept = isPromiseLike(values) ? undefined : values.get(key);
    return kept ? kept.value : this.#flights.join(key, args, () => this.#start(values, key, args));
  }

  async #open(): Promise<Values> {
    const { LRUCache: Cache } = await library();
    const { max, ttl } = this.method;
    // Wall-clock time: the monotonic clock may stand still while Lambda freezes the environment.
    return new Cache({ max, ttl, ttlResolution: 0, perf: { now: () => Date.now() } });
  }

  #start(opening: MaybePromise<Values>, key: string, args: readonly unknown[]): SharedCall {
    const { run, where } = this.method;
    const call = async (signal: AbortSignal) => run.apply(this.instance, withSignal(args, signal));
    let values: Values | undefined;
    return {
      run: async (signal) => {
        const [value, opened] = await Promise.all([call(signal), opening]);
        values = opened;
        return shareable(value, where);
      },
      keep: (outcome) => values?.set(key, outcome),
    };
  }
}

/** The length from which keys are hashed, so that long arguments don't fill the memory. */
const LONG_KEY = 200;

/** @throws TypeError for arguments that can't be told apart, and if `by` returns nothing, or something incomplete. */
function keyOf(args: readonly unknown[], { by, where }: CachedMethod): string {
  const text = by
    ? keyText(wholeKey(by(...(args as never[])), where))
    : keyText(comparable(withoutTrailing(withSignal(args, undefined)), `The arguments of ${where} are refused: one`));
  return text.length < LONG_KEY ? text : createHash('sha256').update(text).digest('base64url');
}

function wholeKey(key: unknown, where: string): unknown {
  const known = comparable(key, `The key of ${where}`);
  if (!lacksPart(known)) return known;
  throw new TypeError(
    `The key of ${where} is ${known === undefined ? 'undefined' : JSON.stringify(known)}: every part of it has to be ` +
      "there, or callers would get each other's values.",
  );
}

/** Makes `find(id)` and `find(id, undefined)` the same call, which they are. */
function withoutTrailing(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, args.findLastIndex((argument) => argument !== undefined) + 1);
}

/**
 * Freezes a value that several callers get: lists, objects, and the members of both at any depth. Dates, bytes, maps
 * and sets can't be frozen; what is in a map or a set is.
 *
 * @param where What returned it, for messages.
 * @throws TypeError for what can't be shared: a stream or a response, which can be read once, and everything that has a
 *   function in it, such as a client or a connection, which changes while it works.
 */
function shareable<T>(value: T, where: string): T {
  const seen = new Set<unknown>([value]);
  // Found before anything is frozen: a client would stop working.
  for (const one of seen) for (const member of membersOf(one, where)) seen.add(member);
  for (const one of seen) if (canFreeze(one)) Object.freeze(one);
  return value;
}

function membersOf(value: unknown, where: string): readonly unknown[] {
  if (typeof value === 'function' || isWorking(value))
    throw new TypeError(
      `${where} returned ${describeValue(value)}, alone or inside of something: callers can't share it. Return data.`,
    );
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return [...value];
  // Not the getters of a class, which may compute anything.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((member): unknown => member.value);
}

/** Whether a value is read once, or becomes something later. */
function isWorking(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isPromise(value) || Symbol.asyncIterator in value) return true;
  const { next, pipe, then, arrayBuffer } = value as Readonly<Record<string, unknown>>;
  return [next, pipe, then, arrayBuffer].some((method) => typeof method === 'function');
}

function canFreeze(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
