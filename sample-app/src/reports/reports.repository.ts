import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from 'lambent';
import { TABLE_NAME } from '../database/table-name.js';
import type { Report } from './report.js';

@Injectable()
export class ReportsRepository {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    @Inject(TABLE_NAME) private readonly table: string,
  ) {}

  /** Stores a report, replacing one of the same day. */
  async put(report: Report): Promise<void> {
    await this.client.send(new PutCommand({ TableName: this.table, Item: { ...keyOf(report.day), ...report } }));
  }

  async find(day: string): Promise<Report | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.table, Key: keyOf(day) }));
    if (!Item) return undefined;
    const { id: _id, part: _part, ...report } = Item;
    return report as Report;
  }
}

function keyOf(day: string) {
  return { id: `report#${day}`, part: 'report' };
}
