import type { AppSyncResolverEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';

type ResolverEvent = AppSyncResolverEvent<Record<string, unknown>>;

/**
 * For `@OnEvent`: a direct resolver of AppSync, whose result is the field's value; an error that is thrown is the field's.
 *
 * @param type The type that has the field, such as `Query`; any unless given.
 * @param field Any of the type unless given.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function isAppSyncResolver(type?: string, field?: string): (event: unknown) => event is ResolverEvent {
  return (event): event is ResolverEvent => isResolver(event, type, field);
}

/** As {@link isAppSyncResolver}, for a resolver with batching: a list of events, to be answered with a list of results. */
export function isAppSyncBatch(type?: string, field?: string): (event: unknown) => event is ResolverEvent[] {
  return (event): event is ResolverEvent[] =>
    Array.isArray(event) && event.length > 0 && event.every((one) => isResolver(one, type, field));
}

function isResolver(event: unknown, type: string | undefined, field: string | undefined): boolean {
  if (!isRecord(event) || !('arguments' in event) || !isRecord(event['info'])) return false;
  const { parentTypeName, fieldName } = event['info'];
  if (typeof parentTypeName !== 'string' || typeof fieldName !== 'string') return false;
  return (type === undefined || type === parentTypeName) && (field === undefined || field === fieldName);
}
