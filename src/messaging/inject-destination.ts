import { type InjectingDecorator, injectingDecorator } from '../contracts/injecting-decorator.js';
import { checkArguments, text } from '../errors/check-options.js';
import { type DestinationKind, destinationToken } from '../shared/destination.js';
import type { InjectionToken } from '../shared/token.js';
import type { EventBus, Queue, Topic } from './publisher.js';

/**
 * Injects the queue that `MessagingModule` declares under a name: `@InjectQueue('orders') orders: Queue<OrderPlaced>`.
 */
export function InjectQueue(name: string): InjectingDecorator {
  return injecting('queue', name, '@InjectQueue');
}

/** Injects the topic that `MessagingModule` declares under a name: `@InjectTopic('news') news: Topic<NewsItem>`. */
export function InjectTopic(name: string): InjectingDecorator {
  return injecting('topic', name, '@InjectTopic');
}

/** Injects the bus that `MessagingModule` declares under a name: `@InjectEventBus('shop') shop: EventBus<Sale>`. */
export function InjectEventBus(name: string): InjectingDecorator {
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

function injecting(kind: DestinationKind, name: string, decorator: string): InjectingDecorator {
  checkArguments({ name }, { name: { ...text, expected: `the name of a ${kind}` } }, decorator);
  return injectingDecorator(destinationToken({ kind, name }));
}
