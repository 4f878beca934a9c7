import type { RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { serviceOfArn } from '../reading/arn.js';
import { type BatchResponse, reportFirstFailures } from './batch-item-failures.js';

/** The result for a stream. In a tumbling window it has a `state`; AWS treats a result without one as a failure. */
export interface StreamBatchResponse extends BatchResponse {
  state?: unknown;
}

/** Whether an event is from a service's tumbling window. The last event of a window may have no records. */
export function isWindowOf(service: string, event: PlainObject): boolean {
  return (
    isJsonObject(event['window']) &&
    Array.isArray(event['Records']) &&
    serviceOfArn(event['eventSourceARN']) === service
  );
}

/** Whether a stream's event is from a tumbling window. */
export function inWindow(event: object): boolean {
  return isJsonObject(event) && isJsonObject(event['window']);
}

/** Reports the first failed record of the shard, and returns the state of a tumbling window. */
export function encodeStream(
  outcomes: readonly RecordOutcome[],
  records: readonly SourceRecord[],
  event: object,
): StreamBatchResponse {
  const response = reportFirstFailures(outcomes, records);
  return inWindow(event) ? { ...response, state: stateAfter(outcomes, event as PlainObject) } : response;
}

/** Returns the last `state` that a consumer returned, or else the event's. */
function stateAfter(outcomes: readonly RecordOutcome[], { state }: PlainObject): unknown {
  return outcomes.reduce((before, outcome) => returnedState(outcome) ?? before, state) ?? {};
}

function returnedState(outcome: RecordOutcome): unknown {
  return outcome.failed || !isJsonObject(outcome.value) ? undefined : outcome.value['state'];
}
