import type { Attributes } from '@opentelemetry/api';
import type { EventOutcome, ObservedContext } from '../../contracts/event-observer.js';
import { isError, readMember } from '../../logging/writers/loggable-value.js';
import { isRecordType } from '../../shared/event-types.js';
import { withoutUndefined } from '../../shared/json-values.js';
import { knownMethod } from '../known-method.js';

/** Sources that are messaging systems, by OpenTelemetry's names where it has one. */
const SYSTEMS: Readonly<Record<string, string>> = {
  sqs: 'aws_sqs',
  sns: 'aws.sns',
  kafka: 'kafka',
  kinesis: 'aws_kinesis',
  eventbridge: 'aws_eventbridge',
  mq: 'aws_mq',
};

const TRIGGERS: Readonly<Record<string, string>> = {
  http: 'http',
  websocket: 'http',
  schedule: 'timer',
  s3: 'datasource',
  dynamodb: 'datasource',
};

/** Whether an event is consumed, and gets no response. */
export function isConsumed(context: ObservedContext): boolean {
  return isRecordType(context.getType());
}

/** Names the span when the event begins, before its route is known. */
export function nameAtStart(context: ObservedContext): string {
  if (context.getType() === 'http') return knownMethod(context) ?? 'HTTP';
  return `process ${destinationOf(context) ?? context.getType()}`;
}

/** Names the span of a request by its route: a name with ids in it could not be searched for. */
export function nameAtEnd(context: ObservedContext): string | undefined {
  if (context.getType() !== 'http' || context.route === undefined) return undefined;
  return `${knownMethod(context) ?? 'HTTP'} ${context.route}`;
}

/**
 * Returns what is known when an event begins, by OpenTelemetry's semantic conventions (1.45) for HTTP, messaging and
 * FaaS. Nothing of it is personal data: no path, no query, no header, no address.
 */
export function attributesAtStart(context: ObservedContext, isCold: boolean): Attributes {
  const { awsRequestId, invokedFunctionArn } = context.lambdaContext;
  const type = context.getType();
  return withoutUndefined({
    'faas.trigger': TRIGGERS[type] ?? (type in SYSTEMS ? 'pubsub' : 'other'),
    'faas.invocation.id': awsRequestId,
    'faas.coldstart': isCold,
    'cloud.resource_id': invokedFunctionArn,
    ...(type === 'http' ? { 'http.request.method': knownMethod(context) ?? '_OTHER' } : {}),
    ...(type in SYSTEMS ? messagingAttributes(context) : {}),
  });
}

function messagingAttributes(context: ObservedContext): Attributes {
  const { records = [] } = context;
  return {
    'messaging.system.name': SYSTEMS[context.getType()],
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': destinationOf(context),
    ...(records.length === 1
      ? { 'messaging.message.id': context.record.id }
      : { 'messaging.batch.message_count': records.length }),
  };
}

/** Returns what is known when the event has ended. */
export function attributesAtEnd(context: ObservedContext, outcome: EventOutcome): Attributes {
  return withoutUndefined({
    'http.route': context.route,
    'http.response.status_code': outcome.statusCode,
    'code.function.name': context.target?.name,
    'error.type': isFailure(outcome) ? errorType(outcome) : undefined,
  });
}

/** Whether the function is to blame: a 4xx is the caller's mistake, and no error of a server's span. */
export function isFailure({ statusCode, error }: EventOutcome): boolean {
  return statusCode === undefined ? error !== undefined : statusCode >= 500;
}

/** The status, for a request that got one; otherwise the class of the error. */
function errorType({ statusCode, error }: EventOutcome): string {
  return statusCode === undefined ? classOf(error) : String(statusCode);
}

/** The name of an error, or the type of whatever else was thrown. */
export function classOf(error: unknown): string {
  const name = isError(error) ? readMember(error, 'name') : typeof error;
  return typeof name === 'string' ? name : 'Error';
}

const DESTINATIONS = ['queue', 'topic', 'stream', 'table', 'bucket'];

/** The queue, topic, stream or bucket, which the function's configuration has named. */
function destinationOf(context: ObservedContext): string | undefined {
  const { attributes } = context.record;
  return DESTINATIONS.map((name) => attributes[name]).find(Boolean);
}
