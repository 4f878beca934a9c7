import type { ItemIdentifier, RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { unrefused } from '../../errors/http-exception.js';
import { detectRecordAdapters } from '../../events/detection/record-adapters.js';
import { rejectFailures } from '../../events/results/batch-item-failures.js';
import { rejectedIn } from '../../events/results/settled-results.js';
import { isError } from '../../logging/writers/loggable-value.js';
import { refuseObservable } from '../../shared/observable.js';
import { abandonPromises, promisesWithin } from '../../shared/promise.js';
import { membersOf } from './unknown-event.js';

/** @throws The error of a guard's refusal; TypeError for an Observable, whose work nothing starts. */
export function checkedResult(result: unknown): unknown {
  return refuseObservable(unrefused(result));
}

/**
 * Returns the failures that a consumer's result names; `undefined` if all records succeeded. A batch consumer returns
 * nothing, or `{ batchItemFailures: [{ itemIdentifier }] }` as AWS defines it; with anything else all records have
 * failed. The consumer of one record may return anything except a failure in one of the known forms.
 */
export function failuresIn(value: unknown, call: ConsumerCall): Failures | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return read(value, call);
  } catch (error) {
    // A member of the result can't be read.
    return { error };
  }
}

/** The records that have failed, with their errors. */
export interface Failures {
  readonly error: unknown;
  /** All records unless given. */
  readonly indexes?: ReadonlySet<number>;
}

/** A call of a consumer for whose result nobody waits: it only says whether the records succeeded. */
interface ConsumerCall {
  /** For messages, as in `ClicksConsumer.count`. */
  readonly name: string;
  readonly records: readonly SourceRecord[];
  /** Whether it got all records at once, so that its result is about each of them. */
  readonly batch: boolean;
  /** Whether the records are of a tumbling window, so that its result may have the next state. */
  readonly window: boolean;
}

function read(value: {}, call: ConsumerCall): Failures | undefined {
  if (typeof value !== 'object') return call.batch ? { error: notUnderstood(value, call) } : uncalled(value, call);
  if ('batchItemFailures' in value) return named(value.batchItemFailures, call);
  const error = failureIn(value, call);
  if (error !== undefined) return { error };
  if (!call.batch || (call.window && 'state' in value)) return undefined;
  return { error: notUnderstood(value, call) };
}

/** Fails a function as the result, such as an interceptor's `return next.handle`: nothing has been done. */
function uncalled(value: unknown, { name }: ConsumerCall): Failures | undefined {
  if (typeof value !== 'function') return undefined;
  return { error: new TypeError(`${name} returned a function that nothing calls: is its call missing?`) };
}

/** Returns the failure that a result stands for: nobody reads the result, so it would be lost. */
function failureIn(value: object, { name }: ConsumerCall): unknown {
  if (isError(value)) return value;
  const { statusCode } = value as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400)
    return new Error(`${name} returned a response with the status ${statusCode}`);
  const left = promisesWithin(value);
  if (left.length > 0) return unawaited(left, name);
  if (Array.isArray(value)) return rejectedIn(value, name);
  if (isGenerator(value))
    return new TypeError(
      `${name} returned a generator that nothing runs: make it an ordinary method, or iterate inside it.`,
    );
}

function unawaited(promises: readonly PromiseLike<unknown>[], name: string): TypeError {
  abandonPromises(promises);
  return new TypeError(
    `${name} returned ${promises.length === 1 ? 'a promise' : `${promises.length} promises`} in its result, which ` +
      'nothing waits for: await Promise.all(…) of them.',
  );
}

function isGenerator(value: object): boolean {
  return (
    typeof (value as { next?: unknown }).next === 'function' &&
    (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

/** Finds the records named as failed. An empty name, or one that no record has, means all of them, as for AWS. */
function named(list: unknown, call: ConsumerCall): Failures | undefined {
  if (!Array.isArray(list))
    return {
      error: new TypeError(
        `${call.name} returned ${membersOf(list)} as batchItemFailures, which must be a list. ${ADVICE}`,
      ),
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
    ? { error: new Error(`${call.name} named a failed record that is not in the batch, so all of them have failed`) }
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
    `${name} returned ${membersOf(value)}, which does not say whether its records succeeded. ${ADVICE}`,
  );
}

const ADVICE =
  'A method with { batch: true } returns nothing, or { batchItemFailures: [{ itemIdentifier }] } for those that ' +
  'failed; if it throws, all have failed.';

const NAMED_AS_FAILED = new Error('The consumer named this record as failed');

/** Returns the outcome of the record at an index. */
export function outcomeAt(index: number, failures: Failures | undefined, otherwise: RecordOutcome): RecordOutcome {
  if (!failures || failures.indexes?.has(index) === false) return otherwise;
  return { failed: true, error: failures.error };
}

/** A call of an `@OnEvent` method with a whole event. */
interface WholeCall {
  readonly event: unknown;
  /** For messages, as in `ClicksConsumer.count`. */
  readonly name: string;
  /** Sources that don't read which records failed. */
  readonly rejecting: readonly string[];
}

/**
 * Encodes the result for records that an `@OnEvent` method took as a whole, as their source expects it: a result that
 * isn't understood is a failure there, too. The result of any other event goes to its sender unchanged.
 */
export function asBatch(outcome: RecordOutcome, call: WholeCall): RecordOutcome {
  const [adapter] = detectRecordAdapters(call.event);
  if (!adapter || adapter.awaited || outcome.failed || !(adapter.batches || hasRecords(call.event))) return outcome;
  try {
    return { failed: false, value: encodeResult(outcome, adapter, call) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** @throws The error of a failed record if the source can't be told which one failed. */
function encodeResult(
  outcome: RecordOutcome & { failed: false },
  adapter: RecordAdapter,
  { event, name, rejecting }: WholeCall,
): unknown {
  const records = adapter.decode(event);
  const window = adapter.inWindow?.(event) === true;
  const failures = failuresIn(outcome.value, { name, records, batch: adapter.batches, window });
  if (failures && !failures.indexes) throw failures.error;
  const outcomes = records.map((_, index) => outcomeAt(index, failures, outcome));
  if (rejecting.includes(adapter.source)) rejectFailures(outcomes);
  return adapter.encode(outcomes, records, window ? withState(event, outcome.value) : event);
}

/** Such as those of SNS. An event of EventBridge may also be the input of a task, which waits for the result. */
function hasRecords(event: unknown): boolean {
  return Array.isArray((Object(event) as { Records?: unknown }).Records);
}

/** Adds the returned state: the end of a window may have no records, whose outcomes would hold it. */
function withState(event: unknown, value: unknown): unknown {
  const { state } = Object(value) as { state?: unknown };
  return state === undefined ? event : { ...(event as object), state };
}
