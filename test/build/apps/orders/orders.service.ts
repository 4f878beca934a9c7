import { Injectable, Logger, NotFoundException } from 'lambent';
import type { NewOrder } from './order.js';

export class StockFailure extends Error {
  override readonly name = StockFailure.name;
}

@Injectable()
export class OrdersService {
  private readonly orders = new Map<number, NewOrder>();

  constructor(private readonly logger: Logger) {}

  create(order: NewOrder) {
    const id = this.orders.size + 1;
    this.orders.set(id, order);
    this.logger.info('An order came in', { order: id });
    return { id, total: order.lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0) };
  }

  find(id: number) {
    const order = this.orders.get(id);
    if (!order) throw new NotFoundException(`There is no order ${id}`);
    return { id, ...order };
  }

  reserve(): never {
    throw new StockFailure('The stock is out of reach');
  }
}
