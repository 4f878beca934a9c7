import type { SourceRecord } from '../../contracts/event-adapter.js';
import { requireBoolean } from '../../errors/boolean-result.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ConsumerMetadata } from '../../metadata/class-metadata.js';
import { type Carriage, CARRIERS, labelOfVia, wayOf } from '../../shared/event-types.js';
import type { MaybePromise } from '../../shared/types.js';
import type { ContextTarget } from '../event/event-context.js';
import type { Enhancers } from '../method/enhancers.js';
import type { RecordContext } from './record-context.js';

/** A method that takes records, with everything compiled that metadata could answer. */
export interface Consumer extends ContextTarget, DeclaredConsumer {
  /** What is bound around it, global enhancers first. */
  readonly levels: readonly Enhancers[];
  /** Guards, interceptors, binding, the method, filters. A filter sees a failure, and can't make a success of it. */
  readonly handle: (context: RecordContext) => MaybePromise<unknown>;
}

/** What is declared of one consumer. */
export interface DeclaredConsumer {
  /** For messages, as in `ShippingController.ship`. */
  readonly name: string;
  readonly metadata: ConsumerMetadata;
  /** What a record has to have among its attributes; `*` at the end of a value stands for anything. */
  readonly criteria: readonly (readonly [name: string, wanted: string])[];
}

/** Whether a declaration is of a record. */
function accepts(declared: DeclaredConsumer, { attributes, raw }: SourceRecord): boolean {
  const { metadata, criteria } = declared;
  if (metadata.predicate) return takesEvent(declared, raw);
  for (const [name, wanted] of criteria) {
    if (!matches(wanted, attributes[name])) return false;
  }
  return true;
}

/** Whether a consumer's predicate says yes to an event. @throws TypeError when it says neither yes nor no. */
function takesEvent({ name, metadata: { predicate } }: DeclaredConsumer, event: unknown): boolean {
  return predicate !== undefined && requireBoolean(predicate(event), `The predicate of @OnEvent on ${name}`);
}

/** Whether a value is what a decorator wants; a `*` at the end stands for anything. */
export function matches(wanted: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}

/** The declaration that messages of a queue or a topic are none of their own: they carry events, or requests. */
export interface Opening<C extends DeclaredConsumer> extends DeclaredConsumer {
  /** Who takes what they carry; the routes take requests. */
  readonly opens: ConsumerRegistry<C> | 'requests';
}

/** What a record is for: a consumer, or what it carries. */
type Taker<C extends DeclaredConsumer> = C | Opening<C>;

export function isOpening<C extends DeclaredConsumer>(taker: Taker<C>): taker is Opening<C> {
  return 'opens' in taker;
}

/**
 * What is declared of records at one place: of those that Lambda delivers, or of those in the messages of one queue or
 * topic. The most specific declaration decides of a record; its content never does.
 */
export class ConsumerRegistry<C extends DeclaredConsumer> {
  readonly #bySource = new Map<string, Taker<C>[]>();

  /**
   * @param way From here to where the consumer takes its records.
   * @throws BootstrapError when something else is declared of the same records.
   */
  add(consumer: C, way: readonly Carriage[] = wayOf(consumer.metadata.via)): void {
    const [next, ...inner] = way;
    if (next) this.#inside(next, consumer).add(consumer, inner);
    else this.#put(consumer);
  }

  /** @throws BootstrapError when something else is declared of the same messages. */
  addRequests(carriage: Carriage): void {
    this.#put(openingOf(carriage, 'the option requestsVia', 'requests'));
  }

  find(source: string, record: SourceRecord): Taker<C> | undefined {
    for (const taker of this.#bySource.get(source) ?? []) {
      if (accepts(taker, record)) return taker;
    }
  }

  /** Whether anything is declared of a source. */
  has(source: string): boolean {
    return this.#bySource.has(source);
  }

  /** Whether a method with `@OnEvent` says yes to an event. */
  takesWhole(event: unknown): boolean {
    return this.#bySource.get('event')?.some((taker) => takesEvent(taker, event)) === true;
  }

  /** Every consumer, those of what messages carry included. */
  all(): C[] {
    return [...this.#bySource.values()].flat().flatMap((taker) => {
      if (!isOpening(taker)) return [taker];
      return taker.opens === 'requests' ? [] : taker.opens.all();
    });
  }

  /** For messages, what there is, as in `ShippingController.ship (sqs, queue "orders")`. */
  labels(): string[] {
    return [...this.#bySource.values()]
      .flat()
      .flatMap((taker) => (isOpening(taker) ? labelsInside(taker) : [labelOf(taker)]));
  }

  /** Who takes what messages of a queue or a topic carry. */
  #inside(carriage: Carriage, { name }: C): ConsumerRegistry<C> {
    const opening = openingOf<C>(carriage, `${name} (with via)`, new ConsumerRegistry<C>());
    const known = this.#bySource.get(carriage.source)?.find((taker) => wants(taker) === wants(opening));
    if (known && isOpening(known) && known.opens !== 'requests') return known.opens;
    this.#put(opening);
    return opening.opens as ConsumerRegistry<C>;
  }

  #put(taker: Taker<C>): void {
    const { source, predicate } = taker.metadata;
    const others = this.#bySource.get(source) ?? [];
    const twin = predicate ? undefined : others.find((other) => wants(other) === wants(taker));
    if (twin) throw new BootstrapError(contradiction(twin, taker));
    this.#bySource.set(source, [...others, taker].toSorted(bySpecificity));
  }
}

function openingOf<C extends DeclaredConsumer>(
  { source, name }: Carriage,
  label: string,
  opens: Opening<C>['opens'],
): Opening<C> {
  const criteria = { [CARRIERS[source]]: name };
  return { name: label, metadata: { source, criteria }, criteria: Object.entries(criteria), opens };
}

function contradiction(a: DeclaredConsumer, b: DeclaredConsumer): string {
  const either = 'opens' in a || 'opens' in b;
  const mend = either
    ? 'A message is itself, or carries events that "via" names, or is a request: keep one of them.'
    : 'Change what one of them consumes.';
  return `${a.name} and ${b.name} both consume ${wants(a)}. ${mend}`;
}

/** An exact value counts for more than a pattern, two values for more than one, and of two patterns the longer one. */
function bySpecificity(a: DeclaredConsumer, b: DeclaredConsumer): number {
  return weight(b) - weight(a) || length(b) - length(a);
}

function weight({ criteria }: DeclaredConsumer): number {
  return criteria.reduce((sum, [, value]) => sum + (value.endsWith('*') ? 1 : 2), 0);
}

function length({ criteria }: DeclaredConsumer): number {
  return criteria.reduce((sum, [, value]) => sum + value.length, 0);
}

function wants({ metadata: { source, criteria } }: DeclaredConsumer): string {
  const sorted = Object.entries(criteria).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${source} records${sorted.map(([name, value]) => ` of ${name} "${value}"`).join('')}`;
}

function labelOf({ name, metadata: { source, criteria, via } }: DeclaredConsumer): string {
  const which = Object.entries(criteria).map(([attribute, value]) => `${attribute} "${value}"`);
  return `${name} (${[source, ...which, ...(via ? [`via ${labelOfVia(via)}`] : [])].join(', ')})`;
}

function labelsInside<C extends DeclaredConsumer>({ name, criteria, metadata, opens }: Opening<C>): string[] {
  return opens === 'requests'
    ? [`${name} (${metadata.source}, ${criteria.map(([attribute, value]) => `${attribute} "${value}"`).join('')})`]
    : opens.labels();
}
