import { InjectionToken } from 'lambent';

/**
 * Requests to ship an order. A standard queue: the consumer looks at the order as it is, so that neither the sequence
 * of messages nor a repetition matters, and a FIFO queue would do no more for its price.
 */
export const SHIPMENTS = 'shipments';

/** Where its messages are sent. */
export const SHIPMENTS_QUEUE_URL = new InjectionToken<string>('SHIPMENTS_QUEUE_URL');
