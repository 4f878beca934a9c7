import { Injectable } from 'lambent';
import { Caller } from '../auth/caller.js';
import type { CreateOrderDto } from './dto/create-order.dto.js';
import { Order, totalOf } from './order.js';
import { OrderStatus } from './order-status.js';
import { timeSortableId } from './time-sortable-id.js';

/** Cents. */
const REVIEW_ABOVE = 1_000_000;

/** Makes orders of what callers send, stamped with who and when. Lives with one request, because `Caller` does. */
@Injectable()
export class OrderFactory {
  constructor(private readonly caller: Caller) {}

  create(input: CreateOrderDto): Order {
    const now = new Date();
    return new Order({
      ...input,
      id: timeSortableId(now),
      status: OrderStatus.PENDING,
      createdAt: now.toISOString(),
      createdBy: this.caller.name,
      updatedAt: now.toISOString(),
      ...(totalOf(input.lines) > REVIEW_ABOVE && { reviewReason: 'unusually large' }),
    });
  }
}
