import { Injectable, OnSqs } from 'lambent';
import { SHIPMENTS } from '../queues/queue-names.js';
import { ShipmentRequestDto } from './shipment-request.dto.js';
import { ShipmentsService } from './shipments.service.js';

/** Ships what orders ask for. A message that fails comes again, and goes to the dead-letter queue in the end. */
@Injectable()
export class ShipmentsConsumer {
  constructor(private readonly shipments: ShipmentsService) {}

  @OnSqs(SHIPMENTS)
  async ship({ orderId }: ShipmentRequestDto): Promise<void> {
    await this.shipments.ship(orderId);
  }
}
