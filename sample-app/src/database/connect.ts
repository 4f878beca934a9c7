import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig } from 'lambent/aws';
import type { EmbeddedDatabase } from './embedded-database.js';
import { createOrdersTable } from './orders-table.js';

/** Opens the client. An embedded database gets its table first. */
export async function connect(embedded: EmbeddedDatabase | null, tableName: string): Promise<DynamoDBDocumentClient> {
  const client = new DynamoDBClient({ ...awsClientConfig(), ...(embedded && local(embedded)) });
  if (embedded) await createOrdersTable(client, tableName);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: true },
  });
}

/** The SDK needs credentials to sign requests, although nothing checks the signature. */
function local({ endpoint }: EmbeddedDatabase) {
  return { endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
