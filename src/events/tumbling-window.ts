import type { RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { type BatchResponse, reportFirstFailures } from './outcomes.js';
import { serviceOfArn } from './reading/arn.js';

/** What a stream is answered; `state` in a tumbling window, where AWS takes an answer without it for a failure. */
export interface StreamResponse extends BatchResponse {
  state?: unknown;
}

/** Whether a service's event belongs to a tumbling window; the last one of a window may come without records. */
export function isWindowOf(service: string, event: PlainObject): boolean {
  return (
    isJsonObject(event['window']) &&
    Array.isArray(event['Records']) &&
    serviceOfArn(event['eventSourceARN']) === service
  );
}

/** Whether an event of a stream is of a tumbling window. */
export function inWindow(event: object): boolean {
  return isJsonObject(event) && isJsonObject(event['window']);
}

/** Names the first failed record of the shard, and hands on the state of a tumbling window. */
export function encodeStream(
  outcomes: readonly RecordOutcome[],
  records: readonly SourceRecord[],
  event: object,
): StreamResponse {
  const response = reportFirstFailures(outcomes, records);
  return inWindow(event) ? { ...response, state: stateAfter(outcomes, event as PlainObject) } : response;
}

/** The `state` that a consumer returned last, else the one that came. */
function stateAfter(outcomes: readonly RecordOutcome[], { state }: PlainObject): unknown {
  return outcomes.reduce((before, outcome) => returnedState(outcome) ?? before, state) ?? {};
}

function returnedState(outcome: RecordOutcome): unknown {
  return outcome.failed || !isJsonObject(outcome.value) ? undefined : outcome.value['state'];
}
