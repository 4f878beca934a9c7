import { OrderStatus } from '../orders/order-status.js';
import type { OrderFields } from '../orders/order.js';
import { totalOf } from '../orders/order.js';

/** The part of an order that the projection stores. */
export interface Sale {
  orderId: string;
  /** The day of the order in UTC, such as `2026-03-02`. */
  day: string;
  status: OrderStatus;
  /** Cents. */
  total: number;
}

/** The orders that were placed on a day, by what has become of them. */
export interface DailySales {
  day: string;
  orders: number;
  /** Cents, of orders that were not cancelled. */
  revenue: number;
  byStatus: Partial<Record<OrderStatus, number>>;
}

export function saleOf({ id, createdAt, status, lines }: OrderFields): Sale {
  return { orderId: id, day: createdAt.slice(0, 10), status, total: totalOf(lines) };
}

export function sumUp(day: string, sales: readonly Sale[]): DailySales {
  const sum: DailySales = { day, orders: sales.length, revenue: 0, byStatus: {} };
  for (const { status, total } of sales) {
    sum.byStatus[status] = (sum.byStatus[status] ?? 0) + 1;
    if (status !== OrderStatus.CANCELLED) sum.revenue += total;
  }
  return sum;
}
