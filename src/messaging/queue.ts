import { brand } from '../shared/brand.js';
import { Publisher } from './publisher.js';
import type { QueueOptions } from './send-options.js';

/**
 * Sends messages to an SQS queue: `constructor(@InjectQueue('orders') private readonly orders: Queue<OrderPlaced>)`.
 */
export class Queue<T = unknown> extends Publisher<T, QueueOptions> {}
brand(Queue, 'Queue');
