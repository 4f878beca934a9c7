import type { SourceRecord } from '../contracts/record-adapter.js';
import { yesOrNo } from '../errors/yes-or-no.js';
import type { ConsumerMetadata } from '../metadata/class-metadata.js';
import type { MaybePromise } from '../shared/types.js';
import type { Enhancers } from './enhancers.js';
import type { ContextTarget } from './event-context.js';
import type { RecordContext } from './record-context.js';

/** A method that takes records, with everything compiled that metadata could answer. */
export interface Consumer extends ContextTarget {
  readonly metadata: ConsumerMetadata;
  /** What a record has to have among its attributes; `*` at the end of a value stands for anything. */
  readonly criteria: readonly (readonly [name: string, wanted: string])[];
  /** What is bound around it, global enhancers first. */
  readonly levels: readonly Enhancers[];
  /** Guards, interceptors, binding, the method, filters. A filter sees a failure, and can't make a success of it. */
  readonly handle: (context: RecordContext) => MaybePromise<unknown>;
}

/** Whether a consumer takes a record. */
export function accepts(consumer: Consumer, { attributes, raw }: SourceRecord): boolean {
  const { metadata, criteria } = consumer;
  if (metadata.predicate) return takesEvent(consumer, raw);
  for (const [name, wanted] of criteria) {
    if (!matches(wanted, attributes[name])) return false;
  }
  return true;
}

/** Whether a consumer's predicate says yes to an event. @throws TypeError when it says neither yes nor no. */
export function takesEvent({ name, metadata: { predicate } }: Consumer, event: unknown): boolean {
  return predicate !== undefined && yesOrNo(predicate(event), `The predicate of @OnEvent on ${name}`);
}

/** Whether a value is what a decorator wants; a `*` at the end stands for anything. */
export function matches(wanted: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}
