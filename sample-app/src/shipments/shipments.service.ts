import { Injectable, Logger, NotFoundException } from 'lambent';
import { OrderStatus } from '../orders/order-status.js';
import { OrdersService } from '../orders/orders.service.js';
import type { Shipment } from './shipment.js';
import { ShipmentsRepository } from './shipments.repository.js';

@Injectable()
export class ShipmentsService {
  constructor(
    private readonly shipments: ShipmentsRepository,
    private readonly orders: OrdersService,
    private readonly logger: Logger,
  ) {}

  /**
   * Takes an order as far as it may go: its parcel is booked when it is placed, and sent off when it is paid. Every
   * step is a conditional write, so that it may be done again, and by two at once.
   */
  async ship(orderId: string): Promise<void> {
    this.logger.append({ order_id: orderId });
    const order = await this.orders.find(orderId);
    if (order?.status !== OrderStatus.PENDING && order?.status !== OrderStatus.PAID) {
      this.logger.info('Nothing to ship', { order_status: order?.status ?? 'not there' });
      return;
    }
    this.logger.debug('Booking a parcel', { order_status: order.status });
    const { trackingNumber } = await this.shipments.book(orderId);
    this.logger.set({ tracking_number: trackingNumber });
    if (order.status === OrderStatus.PAID) await this.orders.changeStatus(orderId, OrderStatus.SHIPPED);
  }

  /** @throws NotFoundException */
  async get(orderId: string): Promise<Shipment> {
    const shipment = await this.shipments.find(orderId);
    if (!shipment) throw new NotFoundException(`There is no shipment of an order ${orderId}`);
    return shipment;
  }
}
