import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { ObservedContext } from '../../contracts/event-observer.js';
import { currentEventFields } from '../../logging/logger/event-fields.js';
import { asJsonObject, asList } from '../../shared/json-values.js';
import { readTraceparent, readXRayHeader, type RemoteSpan } from './trace-headers.js';

/** Returns the span that a request's headers name: W3C's, otherwise X-Ray's. */
export function spanOfRequest({ request }: ObservedContext): RemoteSpan | undefined {
  return (
    readTraceparent(request.header('traceparent'), request.header('tracestate')) ??
    readSampledXRay(request.header('x-amzn-trace-id'))
  );
}

/** Returns the span of Lambda itself, which X-Ray has if active tracing is on. */
export function spanOfLambda(): RemoteSpan | undefined {
  return readXRayHeader(currentEventFields()?.traceId);
}

/** Returns the span that a record names in its attributes or headers, or that the message names that carried it. */
export function spanOfRecord(record: SourceRecord): RemoteSpan | undefined {
  const raw = asJsonObject(record.raw);
  const system = asJsonObject(raw['attributes']);
  const own = spanOfAttributes(raw) ?? readSampledXRay(system['AWSTraceHeader']);
  return own ?? (record.message && spanOfRecord(record.message));
}

/** Of SQS (`stringValue`), SNS (`Value`) or Kafka (a list of headers, whose values are bytes). */
function spanOfAttributes(raw: Readonly<Record<string, unknown>>): RemoteSpan | undefined {
  const sqs = asJsonObject(raw['messageAttributes']);
  const sns = asJsonObject(asJsonObject(raw['Sns'])['MessageAttributes']);
  const kafka = asList(raw['headers']).slice(0, MOST_HEADERS);
  const value = (name: string): unknown =>
    asJsonObject(sqs[name])['stringValue'] ?? asJsonObject(sns[name])['Value'] ?? textOf(kafka, name);
  return readTraceparent(value('traceparent'), value('tracestate')) ?? readSampledXRay(value('X-Amzn-Trace-Id'));
}

/**
 * Reads an X-Ray header of a caller. AWS writes one whether a trace is recorded or not. As a parent, one that isn't
 * would only say that nothing of the event is to be recorded.
 */
function readSampledXRay(header: unknown): RemoteSpan | undefined {
  const span = readXRayHeader(header);
  return span?.traceFlags === 1 ? span : undefined;
}

/** More headers than that are not searched. */
const MOST_HEADERS = 100;

function textOf(headers: readonly unknown[], name: string): string | undefined {
  const header = headers.find((one) => Object.hasOwn(asJsonObject(one), name));
  const bytes = asJsonObject(header)[name];
  return Array.isArray(bytes) && bytes.length < 1000 ? Buffer.from(bytes).toString('latin1') : undefined;
}
