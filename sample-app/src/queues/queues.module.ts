import { Module } from 'lambent';
import type { LocalQueues } from 'lambent/local';
import { OrdersConfig } from '../orders-config.js';
import { EMBEDDED_QUEUES, startEmbeddedQueues } from './embedded-queues.js';

@Module({
  providers: [
    {
      provide: EMBEDDED_QUEUES,
      inject: [OrdersConfig],
      useFactory: startEmbeddedQueues,
      dispose: (queues: LocalQueues | null) => queues?.close(),
    },
  ],
  exports: [EMBEDDED_QUEUES],
})
export class QueuesModule {}
