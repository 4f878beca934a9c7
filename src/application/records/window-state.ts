import type { RecordOutcome } from '../../contracts/event-adapter.js';
import { MalformedEventError } from '../../errors/malformed-event-error.js';
import type { JsonCodec } from '../../http/message/json.js';
import { chain } from '../../shared/promise.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import type { RecordEvent } from './record-context.js';
import type { ConsumerCaller, RecordEntry } from './run-records.js';

/** The event of a tumbling window. */
type WindowEvent = Readonly<Record<string, unknown>>;

/**
 * Passes the state of a tumbling window from record to record, as JSON, in which Lambda passes it from event to event:
 * each sees an event with the state that the one before it returned or changed in place. A record that fails leaves the
 * state unchanged.
 */
export function withWindowState(batch: RecordEvent, caller: ConsumerCaller, json: JsonCodec): ConsumerCaller {
  let written = givenState(batch.event as WindowEvent, json);
  const stateNow = () => json.parse(written) as { state?: unknown };
  return {
    begin(entry, together) {
      const entries = together ?? [entry];
      const given = { ...(batch.event as WindowEvent), ...stateNow() };
      const takeState = (): void => {
        const done = entries.filter(({ outcome }) => !outcome.failed);
        if (done.length === 0) return;
        const outcome = afterState(() => {
          written = writtenState(stateAmong(done) ?? given.state, json);
          return stateNow();
        });
        for (const one of done) one.outcome = outcome;
      };
      const call = caller.begin(entry, entry.consumer?.metadata.batch ? entries : undefined, {
        ...batch,
        event: given,
      });
      if (!call) {
        takeState();
        return undefined;
      }
      return {
        pending: call.pending,
        sharesTime: call.sharesTime,
        done: (value) => chain(call.done(value), takeState),
        failed: (error) => chain(call.failed(error), takeState),
      };
    },
    waits: (giveUp) => caller.waits(giveUp),
    ended: () => caller.ended(),
  };
}

/** @throws MalformedEventError if the state is nested too deeply. */
function givenState({ state }: WindowEvent, json: JsonCodec): string {
  try {
    return writtenState(state, json);
  } catch (cause) {
    throw new MalformedEventError('state cannot be passed to the records: it is nested too deeply', { cause });
  }
}

/**
 * Returns a state as JSON, as the member of an object.
 *
 * @throws TypeError if JSON cannot represent it.
 */
export function writtenState(state: unknown, json: JsonCodec): string {
  return json.stringify(withoutBigInts(serialize({ state })));
}

function afterState(take: () => unknown): RecordOutcome {
  try {
    return { failed: false, value: take() };
  } catch (error) {
    return { failed: true, error };
  }
}

/** Returns the state that the records of one call returned; those that were dropped as invalid returned none. */
function stateAmong(done: readonly RecordEntry[]): unknown {
  return done.map(({ outcome }) => returnedState(outcome)).find((state) => state !== undefined && state !== null);
}

function returnedState(outcome: RecordOutcome): unknown {
  return outcome.failed ? undefined : stateOf(outcome.value);
}

/** Returns the state in a consumer's result. */
export function stateOf(result: unknown): unknown {
  return (result as { state?: unknown } | null | undefined)?.state;
}
