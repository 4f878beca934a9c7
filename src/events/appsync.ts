import type { AppSyncResolverEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { isJsonObject } from '../shared/json-values.js';
import { directInvocation, wholeEvent } from './direct-invocation.js';
import { soleResult } from './outcomes.js';

type ResolverEvent = AppSyncResolverEvent<Record<string, unknown>>;

/**
 * For `@OnEvent`: a direct resolver of AppSync, whose result is the field's value; an error that is thrown is the
 * field's.
 *
 * @param type The type that has the field, such as `Query`; any unless given.
 * @param field Any of the type unless given.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function isAppSyncResolver(type?: string, field?: string): (event: unknown) => event is ResolverEvent {
  return (event): event is ResolverEvent => isResolver(event, type, field);
}

/**
 * As {@link isAppSyncResolver}, for a resolver with batching: a list of events, to be answered with a list of results.
 */
export function isAppSyncBatch(type?: string, field?: string): (event: unknown) => event is ResolverEvent[] {
  return (event): event is ResolverEvent[] =>
    Array.isArray(event) && event.length > 0 && event.every((one) => isResolver(one, type, field));
}

function isResolver(event: unknown, type: string | undefined, field: string | undefined): boolean {
  if (!isJsonObject(event) || !('arguments' in event) || !isJsonObject(event['info'])) return false;
  const { parentTypeName, fieldName } = event['info'];
  if (typeof parentTypeName !== 'string' || typeof fieldName !== 'string') return false;
  return (type === undefined || type === parentTypeName) && (field === undefined || field === fieldName);
}

type Question = AppSyncResolverEvent<Record<string, unknown>>;

/** Queries and mutations have no object above them, and calls with an API key no identity. */
const MAY_LACK: readonly (keyof Question)[] = ['source', 'identity', 'prev'];

/** Direct resolvers of AppSync. Whoever asked is shown what an error says. */
export const appSyncResolver: RecordAdapter<Question> = {
  ...directInvocation,
  showsErrors: true,
  detect: isAppSyncResolver(),
  decode: (event) => wholeEvent(event, MAY_LACK),
};

/** Those with batching. */
export const appSyncBatch: RecordAdapter<Question[]> = {
  ...directInvocation,
  showsErrors: true,
  detect: isAppSyncBatch(),
  encode: encodeBatch,
};

/**
 * @throws TypeError for anything but a list of as many results: each would be taken for that of the question at its
 *   place.
 */
function encodeBatch(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: Question[]): unknown {
  const value = soleResult(outcomes);
  if (Array.isArray(value) && value.length === event.length) return value;
  const given = Array.isArray(value) ? `${value.length}` : describeValue(value);
  throw new TypeError(
    `A resolver with batching returns a list of as many results as it has questions: of ${event.length}, not ${given}`,
  );
}
