import type { AppSyncResolverEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { isJsonObject } from '../shared/json-values.js';
import { directInvocation, wholeEvent } from './direct-invocation.js';
import { soleResult } from './results/batch-item-failures.js';
import { rejectedIn } from './results/settled-results.js';

type ResolverEvent = AppSyncResolverEvent<Record<string, unknown>>;

/**
 * For `@OnEvent`: matches a direct resolver of AppSync. The method's result is the field's value, and an error it
 * throws is the field's error.
 *
 * @param type The type that has the field, such as `Query`. Default: any.
 * @param field Default: any field of the type.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function isAppSyncResolver(type?: string, field?: string): (event: unknown) => event is ResolverEvent {
  return (event): event is ResolverEvent => isResolver(event, type, field);
}

/**
 * Like {@link isAppSyncResolver}, for a resolver with batching: it gets a list of events and returns a list of results.
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

/** Queries and mutations have no parent object, and calls with an API key no identity. */
const MAY_LACK: readonly (keyof ResolverEvent)[] = ['source', 'identity', 'prev'];

/** Direct resolvers of AppSync. Their callers see the errors. */
export const appSyncResolver: RecordAdapter<ResolverEvent> = {
  ...directInvocation,
  showsErrors: true,
  detect: isAppSyncResolver(),
  decode: (event) => wholeEvent(event, MAY_LACK),
};

/** Direct resolvers with batching. */
export const appSyncBatch: RecordAdapter<ResolverEvent[]> = {
  ...directInvocation,
  showsErrors: true,
  detect: isAppSyncBatch(),
  encode: encodeBatch,
};

const NO_ERRORS =
  'A resolver with batching has returned an error or a rejection in its list, which callers would get as data. ' +
  'Return appSyncResults(await Promise.allSettled(…)), and read errorMessage in the response function of the resolver.';

/**
 * @throws TypeError unless the result is a list of as many results as events: AppSync matches them by position.
 */
function encodeBatch(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: ResolverEvent[]): unknown {
  const value = soleResult(outcomes);
  if (Array.isArray(value) && value.length === event.length) {
    if (value.some((item) => item instanceof Error)) throw new TypeError(NO_ERRORS);
    const rejected = rejectedIn(value, 'A resolver with batching');
    if (rejected) throw new TypeError(NO_ERRORS, { cause: rejected });
    return value;
  }
  const given = Array.isArray(value) ? `${value.length}` : describeValue(value);
  throw new TypeError(
    `A resolver with batching must return a list with one result per event: ${event.length}, not ${given}`,
  );
}
