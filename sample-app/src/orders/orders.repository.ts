import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from 'lambent';
import { ALL_ORDERS, ORDERS_BY_STATUS } from '../database/orders-table.js';
import { TABLE_NAME } from '../database/table-name.js';
import { unlessRefused } from '../database/unless-refused.js';
import type { OrderStatus } from './order-status.js';
import { Order, type OrderFields } from './order.js';

export interface PageRequest {
  limit: number;
  /** The id of the last order on the previous page. */
  cursor?: string;
  status?: OrderStatus;
}

export interface Page {
  orders: Order[];
  /** The id after which the next page starts, or `undefined` on the last page. */
  last: string | undefined;
}

/** The `part` of an order's own item, and the `kind` that all orders have. */
export const ORDER = 'order';

@Injectable()
export class OrdersRepository {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    @Inject(TABLE_NAME) private readonly table: string,
  ) {}

  async add(order: Order): Promise<void> {
    const item = { ...order, part: ORDER, kind: ORDER };
    await this.client.send(
      new PutCommand({ TableName: this.table, Item: item, ConditionExpression: 'attribute_not_exists(id)' }),
    );
  }

  async find(id: string): Promise<Order | undefined> {
    const { Item } = await this.client.send(new GetCommand(this.orderKey(id)));
    return Item && toOrder(Item);
  }

  /** Returns orders, newest first. */
  async page({ limit, cursor, status }: PageRequest, signal?: AbortSignal): Promise<Page> {
    const [index, attribute, value] = status ? [ORDERS_BY_STATUS, 'status', status] : [ALL_ORDERS, 'kind', ORDER];
    const query = new QueryCommand({
      TableName: this.table,
      IndexName: index,
      KeyConditionExpression: '#partition = :value',
      ExpressionAttributeNames: { '#partition': attribute },
      ExpressionAttributeValues: { ':value': value },
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: cursor ? { id: cursor, part: ORDER, [attribute]: value } : undefined,
    });
    const { Items = [], LastEvaluatedKey } = await this.client.send(query, { abortSignal: signal });
    return { orders: Items.map(toOrder), last: LastEvaluatedKey?.['id'] as string | undefined };
  }

  /** Returns the changed order, or `undefined` when no such order has one of the statuses `from`. */
  async changeStatus(id: string, status: OrderStatus, from: readonly OrderStatus[]): Promise<Order | undefined> {
    const { values, ...condition } = statusIn(from);
    const update = new UpdateCommand({
      ...this.orderKey(id),
      ...condition,
      UpdateExpression: 'SET #status = :status, updatedAt = :now',
      ExpressionAttributeValues: { ...values, ':status': status, ':now': new Date().toISOString() },
      ReturnValues: 'ALL_NEW',
    });
    const updated = await unlessRefused(this.client.send(update));
    return updated?.Attributes && toOrder(updated.Attributes);
  }

  /** Deletes an order with all its parts if it has one of the statuses `from`. Returns whether it had. */
  async remove(id: string, from: readonly OrderStatus[]): Promise<boolean> {
    const { values, ...condition } = statusIn(from);
    const deletion = new DeleteCommand({ ...this.orderKey(id), ...condition, ExpressionAttributeValues: values });
    const removed = await unlessRefused(this.client.send(deletion));
    if (!removed) return false;
    await this.removeParts(id);
    return true;
  }

  private async removeParts(id: string): Promise<void> {
    const query = new QueryCommand({
      TableName: this.table,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': id },
      ProjectionExpression: 'id, part',
    });
    const { Items = [] } = await this.client.send(query);
    await Promise.all(Items.map((Key) => this.client.send(new DeleteCommand({ TableName: this.table, Key }))));
  }

  private orderKey(id: string) {
    return { TableName: this.table, Key: { id, part: ORDER } };
  }
}

function statusIn(statuses: readonly OrderStatus[]) {
  const values = Object.fromEntries(statuses.map((status, index) => [`:from${index}`, status]));
  return {
    ConditionExpression: `#status IN (${Object.keys(values).join(', ')})`,
    ExpressionAttributeNames: { '#status': 'status' },
    values,
  };
}

function toOrder({ part: _part, kind: _kind, ...fields }: Record<string, unknown>): Order {
  return new Order(fields as unknown as OrderFields);
}
