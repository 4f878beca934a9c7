import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from 'lambent';
import { TABLE_NAME } from '../database/table-name.js';
import { unlessRefused } from '../database/unless-refused.js';
import type { Attachment } from './attachment.js';

/** Stores attachments beside their order. Files over 300 kB belong in S3. */
@Injectable()
export class AttachmentsRepository {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    @Inject(TABLE_NAME) private readonly table: string,
  ) {}

  /** Returns whether the name was free. */
  async add(orderId: string, attachment: Attachment): Promise<boolean> {
    const put = new PutCommand({
      TableName: this.table,
      Item: { ...keyOf(orderId, attachment.name), ...attachment },
      ConditionExpression: 'attribute_not_exists(id)',
    });
    return (await unlessRefused(this.client.send(put))) !== undefined;
  }

  async find(orderId: string, name: string): Promise<Attachment | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.table, Key: keyOf(orderId, name) }));
    return Item as Attachment | undefined;
  }
}

function keyOf(orderId: string, name: string) {
  return { id: orderId, part: `attachment#${name}` };
}
