import { Module } from 'lambent';
import type { LocalQueues } from 'lambent/local';
import { OrdersConfig } from '../orders-config.js';
import { EMBEDDED_QUEUES, startEmbeddedQueues } from './embedded-queues.js';
import { SHIPMENTS, SHIPMENTS_QUEUE_URL } from './queue-names.js';

@Module({
  providers: [
    {
      provide: EMBEDDED_QUEUES,
      inject: [OrdersConfig],
      useFactory: startEmbeddedQueues,
      dispose: (queues: LocalQueues | null) => queues?.close(),
    },
    {
      provide: SHIPMENTS_QUEUE_URL,
      inject: [EMBEDDED_QUEUES, OrdersConfig],
      useFactory: (queues: LocalQueues | null, config: OrdersConfig) =>
        queues?.urlOf(SHIPMENTS) ?? config.shipmentsQueueUrl,
    },
  ],
  exports: [EMBEDDED_QUEUES, SHIPMENTS_QUEUE_URL],
})
export class QueuesModule {}
