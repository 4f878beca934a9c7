import { asJsonObject, isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

/** Readers of a source's records, which a pipe sends in a list, as the source's own event has them. */
const RECORDS: ReadonlyMap<unknown, (record: PlainObject) => PlainObject> = new Map([
  ['aws:sqs', asItIs],
  ['aws:dynamodb', asItIs],
  ['aws:kinesis', nested],
]);

/**
 * Returns the event that a source would have sent for a list of its records, as an EventBridge pipe sends it; any other
 * event as it is.
 *
 * A sender of messages could imitate such a list where a pipe passes on their content alone, so an application says
 * that it takes lists of pipes.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
 */
export function eventOfPipe(event: unknown): unknown {
  if (!Array.isArray(event)) return event;
  const { eventSource: source } = asJsonObject(event[0]);
  const inEvent = RECORDS.get(source);
  const isOfSource = (one: unknown): one is PlainObject => isJsonObject(one) && one['eventSource'] === source;
  return inEvent && event.every(isOfSource) ? { Records: event.map(inEvent) } : event;
}

function asItIs(record: PlainObject): PlainObject {
  return record;
}

/** Pipes put the members of `kinesis` among those of the record. */
function nested(record: PlainObject): PlainObject {
  const { kinesisSchemaVersion, partitionKey, sequenceNumber, data, approximateArrivalTimestamp, ...rest } = record;
  return {
    ...rest,
    kinesis: { kinesisSchemaVersion, partitionKey, sequenceNumber, data, approximateArrivalTimestamp },
  };
}
