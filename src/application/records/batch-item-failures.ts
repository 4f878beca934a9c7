import type { ItemIdentifier, RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { rejectFailures } from '../../events/outcomes.js';
import { detectRecordAdapters } from '../../events/record-adapters.js';
import { isError } from '../../logging/writers/json-value.js';
import { abandonPromises, promisesWithin } from '../../shared/promise.js';
import { membersOf } from './unknown-event.js';

/** A call of a consumer whose result nobody waits for: it only says whether the work is done. */
interface ConsumerCall {
  /** For messages, as in `ClicksConsumer.count`. */
  readonly name: string;
  readonly records: readonly SourceRecord[];
  /** Whether it was given all of them at once, so that its result speaks of each. */
  readonly batch: boolean;
  /** Whether the records are of a tumbling window, so that its result may hold the next state. */
  readonly window: boolean;
}

/** Which records have failed, and by what error. */
export interface Failures {
  readonly error: unknown;
  /** All of them unless given. */
  readonly indexes?: ReadonlySet<number>;
}

/**
 * What a result says of failures; `undefined` where all records are done. A batch consumer returns nothing, or `{
 * batchItemFailures: [{ itemIdentifier }] }` as AWS has it, and anything else is not understood: all have failed. The
 * consumer of one record may return what it likes, unless that is a failure in one of the forms that are known.
 */
export function failuresIn(value: unknown, call: ConsumerCall): Failures | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return read(value, call);
  } catch (error) {
    // A result whose members can't be read.
    return { error };
  }
}

function read(value: {}, call: ConsumerCall): Failures | undefined {
  if (typeof value !== 'object') return call.batch ? { error: notUnderstood(value, call) } : uncalled(value, call);
  if ('batchItemFailures' in value) return named(value.batchItemFailures, call);
  const error = failureIn(value, call);
  if (error !== undefined) return { error };
  if (!call.batch || (call.window && 'state' in value)) return undefined;
  return { error: notUnderstood(value, call) };
}

/** As `return next.handle` of an interceptor gives it: nothing has been done. */
function uncalled(value: unknown, { name }: ConsumerCall): Failures | undefined {
  if (typeof value !== 'function') return undefined;
  return { error: new TypeError(`${name} returned a function, which nobody calls: is its call missing?`) };
}

/** The failure that a value is: nobody looks at it, so that it would be lost. */
function failureIn(value: object, { name }: ConsumerCall): unknown {
  if (isError(value)) return value;
  const { statusCode } = value as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400)
    return new Error(`${name} returned an answer of the status ${statusCode}`);
  const left = promisesWithin(value);
  if (left.length > 0) return unawaited(left, name);
  if (Array.isArray(value)) return rejectedIn(value, name);
  if (isGenerator(value))
    return new TypeError(
      `${name} returned a generator, which nobody runs: make it an ordinary method, or iterate inside it.`,
    );
}

function unawaited(promises: readonly PromiseLike<unknown>[], name: string): TypeError {
  abandonPromises(promises);
  return new TypeError(
    `${name} returned ${promises.length === 1 ? 'a promise' : `${promises.length} promises`} among its results, which nobody waits for: await Promise.all(…) of them.`,
  );
}

/** Of `Promise.allSettled` what was rejected. */
function rejectedIn(values: readonly unknown[], name: string): Error | undefined {
  const rejected = values.filter(
    (one): one is PromiseRejectedResult => (one as Partial<PromiseRejectedResult> | null)?.status === 'rejected',
  );
  if (rejected.length === 0) return undefined;
  return new Error(`${name} returned ${rejected.length} of ${values.length} results as rejected`, {
    cause: rejected[0]?.reason,
  });
}

function isGenerator(value: object): boolean {
  return (
    typeof (value as { next?: unknown }).next === 'function' &&
    (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

/** A name that none of the records has means all of them, as it does to AWS; so does an empty one. */
function named(list: unknown, call: ConsumerCall): Failures | undefined {
  if (!Array.isArray(list))
    return {
      error: new TypeError(`${call.name} returned ${membersOf(list)} as batchItemFailures, which is a list. ${ADVICE}`),
    };
  if (list.length === 0) return undefined;
  const names = new Set(list.map((item) => nameOf((Object(item) as { itemIdentifier?: unknown }).itemIdentifier)));
  const indexes = new Set<number>();
  const known = new Set<string>();
  for (const [index, { identifier, id }] of call.records.entries()) {
    const name = nameOf(identifier ?? id);
    known.add(name);
    if (names.has(name)) indexes.add(index);
  }
  const strange = names.has('') || [...names].some((name) => !known.has(name));
  return strange
    ? { error: new Error(`${call.name} named a record as failed that is none of the batch: all of them have failed`) }
    : { error: NAMED_AS_FAILED, indexes };
}

function nameOf(identifier: unknown): string {
  if (typeof identifier === 'string') return identifier;
  const { partition, offset } = Object(identifier) as Partial<Exclude<ItemIdentifier, string>>;
  return `${partition}:${offset}`;
}

function notUnderstood(value: unknown, { name }: ConsumerCall): TypeError {
  abandonPromises(value);
  return new TypeError(
    `${name} returned ${membersOf(value)}, which does not say whether its records are done. ${ADVICE}`,
  );
}

const ADVICE =
  'A method with { batch: true } returns nothing, or { batchItemFailures: [{ itemIdentifier }] } for those that failed; ' +
  'where it throws, all have failed.';

const NAMED_AS_FAILED = new Error('The consumer said that this record failed');

/** Whether a record has failed, and by what. */
export function outcomeOf(index: number, failures: Failures | undefined, otherwise: RecordOutcome): RecordOutcome {
  if (!failures || failures.indexes?.has(index) === false) return otherwise;
  return { failed: true, error: failures.error };
}

/** A call of a method that took an event as a whole. */
interface WholeCall {
  readonly event: unknown;
  /** For messages, as in `ClicksConsumer.count`. */
  readonly name: string;
  /** Sources that can't be told of single failures. */
  readonly rejecting: readonly string[];
}

/**
 * Records that `@OnEvent` took as a whole are answered as their source wants: what is not understood is no success
 * there, either. The result of any other event is its sender's.
 */
export function asBatch(outcome: RecordOutcome, call: WholeCall): RecordOutcome {
  const [adapter] = detectRecordAdapters(call.event);
  if (!adapter || adapter.isRefusal || outcome.failed || !(adapter.batches || hasRecords(call.event))) return outcome;
  try {
    return { failed: false, value: encodeResult(outcome, adapter, call) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** @throws The error of what has failed, where the source can't be told of it alone. */
function encodeResult(
  outcome: RecordOutcome & { failed: false },
  adapter: RecordAdapter,
  { event, name, rejecting }: WholeCall,
): unknown {
  const records = adapter.decode(event);
  const window = adapter.inWindow?.(event) === true;
  const failures = failuresIn(outcome.value, { name, records, batch: adapter.batches, window });
  if (failures && !failures.indexes) throw failures.error;
  const outcomes = records.map((_, index) => outcomeOf(index, failures, outcome));
  if (rejecting.includes(adapter.source)) rejectFailures(outcomes);
  return adapter.encode(outcomes, records, window ? withState(event, outcome.value) : event);
}

/**
 * Such as SNS's, one at a time; an event of EventBridge may as well be the input of a task that waits for the result.
 */
function hasRecords(event: unknown): boolean {
  return Array.isArray((Object(event) as { Records?: unknown }).Records);
}

/** The end of a window may come without records, whose outcomes would hold the state. */
function withState(event: unknown, value: unknown): unknown {
  const { state } = Object(value) as { state?: unknown };
  return state === undefined ? event : { ...(event as object), state };
}
