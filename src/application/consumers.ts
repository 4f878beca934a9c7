import type { SourceRecord } from '../contracts/record-adapter.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { classMetadata } from '../metadata/class-metadata.js';
import type { PlannedHandler } from '../modules/container.js';
import { compileConsumer } from './compile-consumer.js';
import { accepts, type Consumer, takesEvent } from './consumer.js';
import type { EventContext } from './event-context.js';
import type { MethodCompiler } from './method-compiler.js';

/** The application's consumers by source; of those that take a record the most specific one gets it. */
export class Consumers {
  readonly #bySource = new Map<string, Consumer[]>();

  /** @throws BootstrapError when two consumers want the same records. */
  constructor(methods: MethodCompiler) {
    for (const owner of methods.container.consumers()) this.#addAll(owner, methods);
    for (const consumers of this.#bySource.values()) consumers.sort((a, b) => specificity(b) - specificity(a));
  }

  find(source: string, record: SourceRecord): Consumer | undefined {
    for (const consumer of this.#bySource.get(source) ?? []) {
      if (accepts(consumer, record)) return consumer;
    }
  }

  /** Every one of them. */
  get all(): readonly Consumer[] {
    return [...this.#bySource.values()].flat();
  }

  /** Whether a method with `@OnEvent` says yes to an event. */
  takesWhole(event: unknown): boolean {
    return this.#bySource.get('event')?.some((consumer) => takesEvent(consumer, event)) === true;
  }

  #addAll(owner: PlannedHandler<EventContext>, methods: MethodCompiler): void {
    for (const [key, metadata] of classMetadata(owner.type).methods) {
      for (const consumer of metadata.consumers) this.#add(compileConsumer({ owner, key, metadata }, consumer, methods));
    }
  }

  #add(consumer: Consumer): void {
    const { source, predicate } = consumer.metadata;
    const others = this.#bySource.get(source) ?? [];
    const twin = predicate ? undefined : others.find((other) => wants(other) === wants(consumer));
    if (twin) throw new BootstrapError(`${twin.name} and ${consumer.name} both consume ${wants(consumer)}. Change what one of them consumes.`);
    this.#bySource.set(source, [...others, consumer]);
  }
}

/** An exact value counts for more than a pattern, and two values for more than one. */
function specificity({ metadata }: Consumer): number {
  return Object.values(metadata.criteria).reduce((sum, value) => sum + (value.endsWith('*') ? 1 : 2), 0);
}

function wants({ metadata: { source, criteria } }: Consumer): string {
  const sorted = Object.entries(criteria).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${source} records${sorted.map(([name, value]) => ` of ${name} "${value}"`).join('')}`;
}
