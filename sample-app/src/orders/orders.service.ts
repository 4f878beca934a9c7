import { ConflictException, Injectable, Logger, NotFoundException } from 'lambent';
import { InjectQueue, Queue } from 'lambent/messaging';
import { Metrics } from 'lambent/observability';
import { SHIPMENTS } from '../queues/queue-names.js';
import type { ShipmentRequestDto } from '../shipments/shipment-request.dto.js';
import { OrderStatus, statusesBefore } from './order-status.js';
import type { Order } from './order.js';
import { OrdersRepository, type Page, type PageRequest } from './orders.repository.js';

const EXPORT_PAGE = 100;

@Injectable()
export class OrdersService {
  constructor(
    private readonly orders: OrdersRepository,
    @InjectQueue(SHIPMENTS) private readonly shipmentRequests: Queue<ShipmentRequestDto>,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Stores the order, then requests its shipment: a message about an order that does not exist would fail. */
  async place(order: Order): Promise<Order> {
    await this.orders.add(order);
    await this.shipmentRequests.send({ orderId: order.id });
    this.metrics.addMetric('OrdersPlaced', 'Count', 1);
    this.logger.set({ order_id: order.id, order_total: order.total });
    if (order.reviewReason)
      this.logger.warning('Order needs a review', { order_id: order.id, reason: order.reviewReason });
    return order;
  }

  /** @throws NotFoundException */
  async get(id: string): Promise<Order> {
    this.logger.set({ order_id: id });
    const order = await this.find(id);
    if (!order) throw new NotFoundException(`There is no order ${id}`);
    return order;
  }

  find(id: string): Promise<Order | undefined> {
    return this.orders.find(id);
  }

  async list(request: PageRequest): Promise<Page> {
    const page = await this.orders.page(request);
    this.logger.set({ order_count: page.orders.length });
    return page;
  }

  /** Yields all orders, newest first, one page at a time. */
  async *pages(signal: AbortSignal): AsyncGenerator<Order[]> {
    let cursor: string | undefined;
    do {
      const page = await this.orders.page({ limit: EXPORT_PAGE, cursor }, signal);
      yield page.orders;
      cursor = page.last;
    } while (cursor);
  }

  /** @throws NotFoundException; ConflictException when the order's status does not allow the change. */
  async changeStatus(id: string, status: OrderStatus): Promise<Order> {
    const from = statusesBefore(status);
    const changed = from.length > 0 ? await this.orders.changeStatus(id, status, from) : undefined;
    if (changed) return this.changed(changed);
    const order = await this.get(id);
    throw new ConflictException(`An order that is ${order.status} can't become ${status}`);
  }

  /** @throws NotFoundException; ConflictException after the customer has paid. */
  async remove(id: string): Promise<void> {
    if (await this.orders.remove(id, [OrderStatus.PENDING, OrderStatus.CANCELLED])) return;
    const order = await this.get(id);
    throw new ConflictException(`An order that is ${order.status} can't be deleted`);
  }

  private async changed(order: Order): Promise<Order> {
    if (order.status === OrderStatus.PAID) await this.shipmentRequests.send({ orderId: order.id });
    return order;
  }
}
