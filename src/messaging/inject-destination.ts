import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { ownClassMetadata } from '../metadata/class-record.js';
import { type DestinationKind, destinationToken } from '../shared/destination.js';
import type { InjectionToken } from '../shared/token.js';
import type { EventBus } from './event-bus.js';
import type { Queue } from './queue.js';
import type { Topic } from './topic.js';

/** Injects into a constructor parameter or a property. */
type InjectionDecorator = PropertyDecorator & ParameterDecorator;

/**
 * Injects the queue that `MessagingModule` declares under a name: `@InjectQueue('orders') orders: Queue<OrderPlaced>`.
 */
export function InjectQueue(name: string): InjectionDecorator {
  return injecting('queue', name, '@InjectQueue');
}

/** Injects the topic that `MessagingModule` declares under a name: `@InjectTopic('news') news: Topic<NewsItem>`. */
export function InjectTopic(name: string): InjectionDecorator {
  return injecting('topic', name, '@InjectTopic');
}

/** Injects the bus that `MessagingModule` declares under a name: `@InjectEventBus('shop') shop: EventBus<Sale>`. */
export function InjectEventBus(name: string): InjectionDecorator {
  return injecting('bus', name, '@InjectEventBus');
}

/** Returns the token of a queue, for `app.get`, `inject` and `overrideProvider`. */
export function getQueueToken<T = unknown>(name: string): InjectionToken<Queue<T>> {
  return destinationToken({ kind: 'queue', name });
}

/** Returns the token of a topic, for `app.get`, `inject` and `overrideProvider`. */
export function getTopicToken<T = unknown>(name: string): InjectionToken<Topic<T>> {
  return destinationToken({ kind: 'topic', name });
}

/** Returns the token of a bus, for `app.get`, `inject` and `overrideProvider`. */
export function getEventBusToken<T = unknown>(name: string): InjectionToken<EventBus<T>> {
  return destinationToken({ kind: 'bus', name });
}

function injecting(kind: DestinationKind, name: string, decorator: string): InjectionDecorator {
  if (typeof name !== 'string' || name === '')
    throw new BootstrapError(`${decorator} was given ${describeValue(name)}; it takes the name of a ${kind}.`);
  const token = destinationToken({ kind, name });
  return (target: object, key: string | symbol | undefined, place?: number | PropertyDescriptor) => {
    if (key === undefined) {
      const { injections } = ownClassMetadata(target);
      injections.set(place as number, { ...injections.get(place as number), token });
    } else if (typeof target === 'object' && typeof place !== 'number' && typeof place?.value !== 'function') {
      const { properties } = ownClassMetadata(target.constructor);
      properties.set(key, { ...properties.get(key), token });
    } else throw new BootstrapError(`${decorator} is for constructor parameters and instance properties.`);
  };
}
