import { randomBytes } from 'node:crypto';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from 'lambent';
import { TABLE_NAME } from '../database/table-name.js';
import type { Shipment } from './shipment.js';

/** Stores an order's parcel beside it. */
@Injectable()
export class ShipmentsRepository {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    @Inject(TABLE_NAME) private readonly table: string,
  ) {}

  /** Books the parcel of an order. The first booking wins, even with concurrent ones. */
  async book(orderId: string): Promise<Shipment> {
    const update = new UpdateCommand({
      ...this.shipmentKey(orderId),
      UpdateExpression:
        'SET trackingNumber = if_not_exists(trackingNumber, :number), bookedAt = if_not_exists(bookedAt, :now)',
      ExpressionAttributeValues: {
        ':number': randomBytes(6).toString('hex').toUpperCase(),
        ':now': new Date().toISOString(),
      },
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes } = await this.client.send(update);
    return toShipment(Attributes as Shipment);
  }

  async find(orderId: string): Promise<Shipment | undefined> {
    const { Item } = await this.client.send(new GetCommand(this.shipmentKey(orderId)));
    return Item && toShipment(Item as Shipment);
  }

  private shipmentKey(orderId: string) {
    return { TableName: this.table, Key: { id: orderId, part: 'shipment' } };
  }
}

function toShipment({ trackingNumber, bookedAt }: Shipment): Shipment {
  return { trackingNumber, bookedAt };
}
