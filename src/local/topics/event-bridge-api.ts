import { randomUUID } from 'node:crypto';
import { sampleEventBridge } from '../../samples/eventbridge.js';
import { asJsonObject, asList, isJsonObject, jsonIn } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

/** An event that a bus has taken. */
export interface BusEvent {
  readonly bus: string;
  readonly event: object;
}

interface PutResult {
  readonly events: readonly BusEvent[];
  /** The response as JSON. */
  readonly response: object;
}

/** An error of a whole request (EventBridge API reference, "Common errors"). */
export class EventBridgeError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const MAX_ENTRIES = 10;

/**
 * Runs `PutEvents`, which takes or refuses each entry on its own.
 *
 * @param action the value of the header `X-Amz-Target`.
 * @param body the request as JSON.
 * @param buses the names of the buses.
 * @throws EventBridgeError when the whole request is wrong.
 */
export function putEvents(action: string, body: string, buses: ReadonlySet<string>): PutResult {
  if (action !== 'AWSEvents.PutEvents')
    throw new EventBridgeError('UnknownOperationException', `${action} is not supported, only AWSEvents.PutEvents.`);
  const entries = asList(asJsonObject(jsonIn(body))['Entries']);
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const message = `'entries' must have 1 to ${MAX_ENTRIES} items, not ${entries.length}.`;
    throw new EventBridgeError('ValidationException', `1 validation error detected: ${message}`);
  }
  const outcomes = entries.map((entry) => putEvent(asJsonObject(entry), buses));
  const failed = outcomes.filter((outcome) => 'ErrorCode' in outcome).length;
  return {
    events: outcomes.flatMap((outcome) => ('event' in outcome ? [outcome] : [])),
    response: {
      FailedEntryCount: failed,
      Entries: outcomes.map((outcome) => ('event' in outcome ? { EventId: outcome.id } : outcome)),
    },
  };
}

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function putEvent(entry: PlainObject, buses: ReadonlySet<string>): (BusEvent & { readonly id: string }) | Refusal {
  const { Source: source, DetailType: detailType, Detail: detail, Resources: resources } = entry;
  if (typeof source !== 'string' || source === '') return missing('Source');
  if (typeof detailType !== 'string' || detailType === '') return missing('DetailType');
  if (typeof detail !== 'string' || detail === '') return missing('Detail');
  const bus = busOf(entry);
  if (!buses.has(bus)) {
    const known = buses.size === 0 ? 'none' : [...buses].join(', ');
    return {
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `There is no bus "${bus}", the buses are: ${known}.`,
    };
  }
  const content = jsonIn(detail);
  if (!isJsonObject(content)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = randomUUID();
  const about = asList(resources).map(String);
  return { bus, id, event: { ...sampleEventBridge({ source, detailType, detail: content, resources: about }), id } };
}

/** A bus is named, or given by its ARN. */
function busOf({ EventBusName: name }: PlainObject): string {
  return typeof name === 'string' && name !== '' ? name.slice(name.lastIndexOf('/') + 1) : 'default';
}

function missing(parameter: string): Refusal {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: it is required.` };
}
