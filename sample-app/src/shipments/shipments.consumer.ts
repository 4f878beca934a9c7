import { Injectable, OnSqs } from 'lambent';
import { SHIPMENTS } from '../queues/queue-names.js';
import { ShipmentRequestDto } from './shipment-request.dto.js';
import { ShipmentsService } from './shipments.service.js';

/** Ships orders. A failed message is delivered again, and finally goes to the dead-letter queue. */
@Injectable()
export class ShipmentsConsumer {
  constructor(private readonly shipments: ShipmentsService) {}

  @OnSqs(SHIPMENTS)
  async ship({ orderId }: ShipmentRequestDto): Promise<void> {
    await this.shipments.ship(orderId);
  }
}
