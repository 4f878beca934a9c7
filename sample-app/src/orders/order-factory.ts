import { Injectable } from 'lambent';
import { Caller } from '../auth/caller.js';
import type { CreateOrderDto } from './dto/create-order.dto.js';
import { OrderStatus } from './order-status.js';
import { Order, totalOf } from './order.js';
import { timeSortableId } from './time-sortable-id.js';

/** Cents. */
const REVIEW_ABOVE = 1_000_000;

/** Creates orders from requests, with caller and time. Request-scoped, because `Caller` is. */
@Injectable()
export class OrderFactory {
  constructor(private readonly caller: Caller) {}

  create({ customer, lines, note, gift }: CreateOrderDto): Order {
    const now = new Date();
    return new Order({
      id: timeSortableId(now),
      status: OrderStatus.PENDING,
      customer,
      lines,
      note,
      gift,
      createdAt: now.toISOString(),
      createdBy: this.caller.name,
      updatedAt: now.toISOString(),
      reviewReason: totalOf(lines) > REVIEW_ABOVE ? 'unusually large' : undefined,
    });
  }
}
