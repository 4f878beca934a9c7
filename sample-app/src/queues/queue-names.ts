/**
 * Requests to ship an order. A standard queue is enough, and cheaper than a FIFO queue: the consumer reads the current
 * order, so neither the sequence of messages nor repetitions matter.
 */
export const SHIPMENTS = 'shipments';
