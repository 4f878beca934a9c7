import { Module } from 'lambent';
import type { LocalQueues } from 'lambent/local';
import { variable } from '../environment.js';
import { EMBEDDED_QUEUES, startEmbeddedQueues } from './embedded-queues.js';
import { SHIPMENTS, SHIPMENTS_QUEUE_URL } from './queue-names.js';

@Module({
  providers: [
    {
      provide: EMBEDDED_QUEUES,
      useFactory: startEmbeddedQueues,
      dispose: (queues: LocalQueues | null) => queues?.close(),
    },
    {
      provide: SHIPMENTS_QUEUE_URL,
      inject: [EMBEDDED_QUEUES],
      useFactory: (queues: LocalQueues | null) => queues?.urlOf(SHIPMENTS) ?? variable('SHIPMENTS_QUEUE_URL'),
    },
  ],
  exports: [EMBEDDED_QUEUES, SHIPMENTS_QUEUE_URL],
})
export class QueuesModule {}
