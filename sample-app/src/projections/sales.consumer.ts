import { Body, type DynamoDbChange, Injectable, OnDynamoDb } from 'lambent';
import type { OrderFields } from '../orders/order.js';
import { ORDER } from '../orders/orders.repository.js';
import { saleOf } from './sale.js';
import { SalesRepository } from './sales.repository.js';

/**
 * Follows the table's stream and stores the sales of each day. Changes of an order arrive in order, and a retry
 * includes all changes after it, so every replay ends in the same state.
 */
@Injectable()
export class SalesConsumer {
  constructor(private readonly sales: SalesRepository) {}

  // Any table: its name depends on the deployment, and the function has no other stream.
  @OnDynamoDb()
  async project(@Body() { keys, newImage, oldImage }: DynamoDbChange<OrderFields, { part: string }>): Promise<void> {
    if (keys.part !== ORDER) return;
    if (newImage) await this.sales.put(saleOf(newImage));
    else if (oldImage) await this.sales.remove(saleOf(oldImage));
  }
}
