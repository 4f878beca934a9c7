import { Body, type DynamoDbChange, Injectable, OnDynamoDb } from 'lambent';
import type { OrderFields } from '../orders/order.js';
import { ORDER } from '../orders/orders.repository.js';
import { saleOf } from './sale.js';
import { SalesRepository } from './sales.repository.js';

/**
 * Follows the table's stream and keeps the sales of each day. Changes of one order come in their sequence; what comes
 * again comes with all that followed it, so that every replay ends where the first run did.
 */
@Injectable()
export class SalesConsumer {
  constructor(private readonly sales: SalesRepository) {}

  // Of any table: its name is the deployment's, and the function has no other stream.
  @OnDynamoDb()
  async project(@Body() { keys, newImage, oldImage }: DynamoDbChange<OrderFields, { part: string }>): Promise<void> {
    if (keys.part !== ORDER) return;
    if (newImage) await this.sales.put(saleOf(newImage));
    else if (oldImage) await this.sales.remove(saleOf(oldImage));
  }
}
