import type { AppSyncResolverEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/record-adapter.js';
import { described } from '../../errors/yes-or-no.js';
import { isAppSyncBatch, isAppSyncResolver } from '../predicates/appsync-resolver.js';
import { soleResult } from '../sole-result.js';
import { directInvocation, wholeEvent } from './adapter.js';

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

/** @throws TypeError for anything but a list of as many results: each would be taken for that of the question at its place. */
function encodeBatch(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: Question[]): unknown {
  const value = soleResult(outcomes);
  if (Array.isArray(value) && value.length === event.length) return value;
  const given = Array.isArray(value) ? `${value.length}` : described(value);
  throw new TypeError(`A resolver with batching returns a list of as many results as it has questions: of ${event.length}, not ${given}`);
}
