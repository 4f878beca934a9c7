import type { SourceRecord } from '../../contracts/event-adapter.js';
import { requireBoolean } from '../../errors/boolean-result.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ConsumerMetadata } from '../../metadata/class-metadata.js';
import { type Carriage, CARRIERS, labelOfVia, wayOf } from '../../shared/event-types.js';
import type { MaybePromise } from '../../shared/types.js';
import type { ContextTarget } from '../event/event-context.js';
import type { Enhancers } from '../method/enhancers.js';
import type { RecordContext } from './record-context.js';

/** A consumer, with everything compiled that metadata decides. */
export interface Consumer extends ContextTarget, DeclaredConsumer {
  /** Its enhancers, the global ones first. */
  readonly levels: readonly Enhancers[];
  /** Guards, interceptors, binding, the method, filters. A filter sees a failure but can't turn it into a success. */
  readonly handle: (context: RecordContext) => MaybePromise<unknown>;
}

/** A consumer's declaration. */
export interface DeclaredConsumer {
  /** For messages, as in `ShippingController.ship`. */
  readonly name: string;
  readonly metadata: ConsumerMetadata;
  /** The attributes that a record must have; `*` at the end of a value stands for anything. */
  readonly criteria: readonly (readonly [name: string, wanted: string])[];
}

/** Returns whether a declaration includes a record. */
function accepts(declared: DeclaredConsumer, { attributes, raw }: SourceRecord): boolean {
  const { metadata, criteria } = declared;
  if (metadata.predicate) return takesEvent(declared, raw);
  for (const [name, wanted] of criteria) {
    if (!matches(wanted, attributes[name])) return false;
  }
  return true;
}

/** Returns whether the predicate takes an event. @throws TypeError if the predicate returns anything but a boolean. */
function takesEvent({ name, metadata: { predicate } }: DeclaredConsumer, event: unknown): boolean {
  return predicate !== undefined && requireBoolean(predicate(event), `The predicate of @OnEvent on ${name}`);
}

/** Returns whether a value matches a criterion; a `*` at its end stands for anything. */
export function matches(wanted: string, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
}

/** The declaration that the messages of a queue or a topic carry events, or requests. */
export interface CarrierDeclaration<C extends DeclaredConsumer> extends DeclaredConsumer {
  /** The consumers of the carried events; requests go to the routes. */
  readonly carries: ConsumerRegistry<C> | 'requests';
}

/** The declaration that a record belongs to. */
type Declaration<C extends DeclaredConsumer> = C | CarrierDeclaration<C>;

export function isCarrier<C extends DeclaredConsumer>(declared: Declaration<C>): declared is CarrierDeclaration<C> {
  return 'carries' in declared;
}

/**
 * Finds the consumers of records: of those that Lambda delivers, or of those in the messages of one queue or topic. The
 * most specific declaration takes a record, whatever the record contains.
 */
export class ConsumerRegistry<C extends DeclaredConsumer> {
  readonly #bySource = new Map<string, Declaration<C>[]>();

  /**
   * @param way The queues and topics whose messages carry its records, from here inwards.
   * @throws BootstrapError if another declaration takes the same records.
   */
  add(consumer: C, way: readonly Carriage[] = wayOf(consumer.metadata.via)): void {
    const [next, ...inner] = way;
    if (next) this.#inside(next, consumer).add(consumer, inner);
    else this.#put(consumer);
  }

  /** @throws BootstrapError if another declaration takes the same messages. */
  addRequests(carriage: Carriage): void {
    this.#put(carrierDeclaration(carriage, 'the option requestsVia', 'requests'));
  }

  find(source: string, record: SourceRecord): Declaration<C> | undefined {
    for (const found of this.#bySource.get(source) ?? []) {
      if (accepts(found, record)) return found;
    }
  }

  /** Returns whether any declaration is for a source. */
  has(source: string): boolean {
    return this.#bySource.has(source);
  }

  /** Returns whether an `@OnEvent` method takes an event as a whole. */
  takesWhole(event: unknown): boolean {
    return this.#bySource.get('event')?.some((found) => takesEvent(found, event)) === true;
  }

  /** Returns every consumer, those of carried events included. */
  all(): C[] {
    return [...this.#bySource.values()].flat().flatMap((found) => {
      if (!isCarrier(found)) return [found];
      return found.carries === 'requests' ? [] : found.carries.all();
    });
  }

  /**
   * Returns declarations for messages, as in `ShippingController.ship (sqs, queue "orders")`: all of them, or those for
   * a source.
   */
  labels(source?: string): string[] {
    const declared = source === undefined ? [...this.#bySource.values()].flat() : (this.#bySource.get(source) ?? []);
    return declared.flatMap((found) => (isCarrier(found) ? labelsInside(found) : [labelOf(found)]));
  }

  /** Returns the declarations for a source whose records come in messages, as {@link labels} does. */
  carriedLabels(source: string): string[] {
    const carried = this.all().filter(({ metadata }) => metadata.via !== undefined && metadata.source === source);
    return carried.filter((each) => !this.#bySource.get(source)?.includes(each)).map(labelOf);
  }

  /** Returns the values that the declarations for a source want of an attribute. */
  wantedOf(source: string, attribute: string): string[] {
    return (this.#bySource.get(source) ?? []).flatMap(({ criteria }) =>
      criteria.flatMap(([name, value]) => (name === attribute ? [value] : [])),
    );
  }

  /** Returns the consumers of what the messages of a queue or topic carry. */
  #inside(carriage: Carriage, { name }: C): ConsumerRegistry<C> {
    const carrier = carrierDeclaration<C>(carriage, `${name} (with via)`, new ConsumerRegistry<C>());
    const known = this.#bySource.get(carriage.source)?.find((found) => wants(found) === wants(carrier));
    if (known && isCarrier(known) && known.carries !== 'requests') return known.carries;
    this.#put(carrier);
    return carrier.carries as ConsumerRegistry<C>;
  }

  #put(declared: Declaration<C>): void {
    const { source, predicate } = declared.metadata;
    const others = this.#bySource.get(source) ?? [];
    const twin = predicate
      ? undefined
      : others.find((other) => wants(other) === wants(declared) || mixes(other, declared));
    if (twin) throw new BootstrapError(contradiction(twin, declared));
    this.#bySource.set(source, [...others, declared].toSorted(bySpecificity));
  }
}

/**
 * Registers consumers, and what messages are declared to carry.
 *
 * @throws BootstrapError if two declarations take the same records.
 */
export function registryOf<C extends DeclaredConsumer>(
  consumers: Iterable<C>,
  requestsVia: readonly Carriage[],
): ConsumerRegistry<C> {
  const registry = new ConsumerRegistry<C>();
  for (const consumer of consumers) registry.add(consumer);
  for (const carriage of requestsVia) registry.addRequests(carriage);
  return registry;
}

function carrierDeclaration<C extends DeclaredConsumer>(
  { source, name }: Carriage,
  label: string,
  carries: CarrierDeclaration<C>['carries'],
): CarrierDeclaration<C> {
  const criteria = { [CARRIERS[source]]: name };
  return { name: label, metadata: { source, criteria }, criteria: Object.entries(criteria), carries };
}

function contradiction(a: DeclaredConsumer, b: DeclaredConsumer): string {
  const either = 'carries' in a || 'carries' in b;
  const fix = either
    ? 'A message is handled itself, or carries events ("via"), or a request: keep one of these.'
    : 'Change what one of them consumes.';
  return `${a.name} and ${b.name} both consume ${wants(a)}. ${fix}`;
}

/**
 * Exact values come before patterns, two criteria before one, and longer patterns before shorter ones. Among the
 * consumers of one queue, those of a type come first.
 */
function bySpecificity(a: DeclaredConsumer, b: DeclaredConsumer): number {
  return weight(b) - weight(a) || length(b) - length(a) || Number(isTyped(b)) - Number(isTyped(a));
}

function weight(declared: DeclaredConsumer): number {
  return namesOf(declared).reduce((sum, value) => sum + (value.endsWith('*') ? 1 : 2), 0);
}

function length(declared: DeclaredConsumer): number {
  return namesOf(declared).reduce((sum, value) => sum + value.length, 0);
}

/** Returns the names of resources, or the values of an event, which come before the type of a message. */
function namesOf({ metadata, criteria }: DeclaredConsumer): string[] {
  return criteria.flatMap(([name, value]) => (metadata.source === 'sqs' && name === 'type' ? [] : [value]));
}

function isTyped({ metadata: { source, criteria } }: DeclaredConsumer): boolean {
  return source === 'sqs' && criteria['type'] !== undefined;
}

/**
 * Whether one takes messages of a type from a queue whose messages carry events or requests. The sender of a message
 * would decide which of the two it is.
 */
function mixes<C extends DeclaredConsumer>(a: Declaration<C>, b: Declaration<C>): boolean {
  if (isCarrier(a) === isCarrier(b) || !(isTyped(a) || isTyped(b))) return false;
  const [one = '', other = ''] = [a, b].map(({ metadata: { criteria } }) => criteria['queue']);
  // A pattern matches another one whose names it includes.
  return matches(one, other) || matches(other, one);
}

function wants({ metadata: { source, criteria } }: DeclaredConsumer): string {
  const sorted = Object.entries(criteria).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${source} records${sorted.map(([name, value]) => ` of ${name} "${value}"`).join('')}`;
}

function labelOf({ name, metadata: { source, criteria, via } }: DeclaredConsumer): string {
  const which = Object.entries(criteria).map(([attribute, value]) => `${attribute} "${value}"`);
  return `${name} (${[source, ...which, ...(via ? [`via ${labelOfVia(via)}`] : [])].join(', ')})`;
}

function labelsInside<C extends DeclaredConsumer>({
  name,
  criteria,
  metadata,
  carries,
}: CarrierDeclaration<C>): string[] {
  return carries === 'requests'
    ? [`${name} (${metadata.source}, ${criteria.map(([attribute, value]) => `${attribute} "${value}"`).join('')})`]
    : carries.labels();
}
