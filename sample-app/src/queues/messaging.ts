import type { LocalQueues } from 'lambent/local';
import { MessagingModule } from 'lambent/messaging';
import { ShipmentRequestDto } from '../shipments/shipment-request.dto.js';
import { EMBEDDED_QUEUES, queueClientOptions } from './embedded-queues.js';
import { SHIPMENTS } from './queue-names.js';
import { QueuesModule } from './queues.module.js';

/** The messages of the application: requests for shipments, checked by the class that their consumer checks them by. */
export const messaging = MessagingModule.forRootAsync({
  queues: { [SHIPMENTS]: ShipmentRequestDto },
  imports: [QueuesModule],
  inject: [EMBEDDED_QUEUES],
  useFactory: (embedded: LocalQueues | null) => ({
    sqs: { config: queueClientOptions(embedded) },
    // Without an embedded queue, its URL is in SHIPMENTS_QUEUE_URL.
    resolve: ({ name }) => embedded?.urlOf(name),
  }),
});
