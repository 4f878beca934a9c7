import type { SourceRecord } from '../contracts/record-adapter.js';
import { yesOrNo } from '../errors/yes-or-no.js';
import type { ConsumerMetadata } from '../metadata/class-metadata.js';

/** What is declared of one consumer. */
export interface DeclaredConsumer {
  /** For messages, as in `ShippingController.ship`. */
  readonly name: string;
  readonly metadata: ConsumerMetadata;
  /** What a record has to have among its attributes; `*` at the end of a value stands for anything. */
  readonly criteria: readonly (readonly [name: string, wanted: string])[];
}

/** Whether a declaration is of a record. */
export function accepts(declared: DeclaredConsumer, { attributes, raw }: SourceRecord): boolean {
  const { metadata, criteria } = declared;
  if (metadata.predicate) return takesEvent(declared, raw);
  for (const [name, wanted] of criteria) {
    if (!matches(wanted, attributes[name])) return false;
  }
  return true;
}

/** Whether a consumer's predicate says yes to an event. @throws TypeError when it says neither yes nor no. */
export function takesEvent({ name, metadata: { predicate } }: DeclaredConsumer, event: unknown): boolean {
  return predicate !== undefined && yesOrNo(predicate(event), `The predicate of @OnEvent on ${name}`);
}

/** Whether a value is what a decorator wants; a `*` at the end stands for anything. */
export function matches(wanted: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}
