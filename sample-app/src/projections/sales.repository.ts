import { DeleteCommand, DynamoDBDocumentClient, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from 'lambent';
import { TABLE_NAME } from '../database/table-name.js';
import { type DailySales, type Sale, sumUp } from './sale.js';

/**
 * The sales of each day, as one item for each order. Counters would be smaller, but would count a change twice when it
 * is delivered twice. Putting an item twice is harmless.
 */
@Injectable()
export class SalesRepository {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    @Inject(TABLE_NAME) private readonly table: string,
  ) {}

  async put({ orderId, day, status, total }: Sale): Promise<void> {
    // Not named `status`, which would add it to the index of orders.
    const item = { ...keyOf(day, orderId), orderStatus: status, total };
    await this.client.send(new PutCommand({ TableName: this.table, Item: item }));
  }

  async remove({ orderId, day }: Sale): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.table, Key: keyOf(day, orderId) }));
  }

  async ofDay(day: string): Promise<DailySales> {
    const pages = paginateQuery(
      { client: this.client },
      {
        TableName: this.table,
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': partitionOf(day) },
      },
    );
    const sales: Sale[] = [];
    for await (const { Items = [] } of pages) {
      sales.push(
        ...Items.map(({ part, orderStatus, total }) => ({ orderId: part, day, status: orderStatus, total }) as Sale),
      );
    }
    return sumUp(day, sales);
  }
}

function keyOf(day: string, orderId: string) {
  return { id: partitionOf(day), part: orderId };
}

function partitionOf(day: string): string {
  return `sales#${day}`;
}
