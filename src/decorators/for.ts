import { BootstrapError } from '../errors/bootstrap-error.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import { EVENT_KINDS, type EventKind } from '../shared/event-kind.js';
import { suggestion } from '../shared/near-names.js';

/**
 * The kinds of event that a guard, an interceptor, a pipe or a filter is for; without it, all of them. Around every other
 * event it is left out, wherever it is bound.
 *
 * @param kinds As `context.getType()` names them, or `record` for what queues, topics, streams, buses, buckets and schedules send.
 * @throws BootstrapError for none, and for one that there isn't.
 */
export function For(...kinds: readonly [EventKind, ...EventKind[]]): ClassDecorator {
  return (target) => {
    if (typeof target !== 'function') throw new BootstrapError('@For stands on a guard, an interceptor, a pipe or a filter: on its class.');
    checkKinds(kinds, target.name);
    ownClassMetadata(target).eventKinds = kinds;
  };
}

function checkKinds(kinds: readonly EventKind[], name: string): void {
  if (kinds.length === 0) throw new BootstrapError(`@For() on ${name} names no kind of event, so that it would never run. It takes ${KNOWN}.`);
  for (const kind of kinds) {
    if (EVENT_KINDS.includes(kind)) continue;
    throw new BootstrapError(`@For on ${name}: there is no kind of event ${JSON.stringify(kind)}.${suggestion(String(kind), EVENT_KINDS)} It takes ${KNOWN}.`);
  }
}

const KNOWN = EVENT_KINDS.map((kind) => `'${kind}'`).join(', ');
