import { brand } from '../shared/brand.js';
import { Publisher } from './publisher.js';
import type { SendOptions } from './send-options.js';

/** Sends events to an EventBridge bus: `constructor(@InjectEventBus('shop') private readonly shop: EventBus<Sale>)`. */
export class EventBus<T = unknown> extends Publisher<T, SendOptions> {}
brand(EventBus, 'EventBus');
