import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/**
 * One table for everything: an order and its parts share the partition `id`, and `part` tells them apart.
 * Only orders have `kind` and `status`, so the indexes hold orders and nothing else. Ids sort by time.
 */
export const ALL_ORDERS = 'all-orders';
export const ORDERS_BY_STATUS = 'orders-by-status';

const schema: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['id', 'part', 'kind', 'status'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: keys('id', 'part'),
  // An index partition accepts 1000 writes per second. A busier shop would append the month to `kind`.
  GlobalSecondaryIndexes: [index(ALL_ORDERS, 'kind'), index(ORDERS_BY_STATUS, 'status')],
};

/** Creates the table unless it is deployed. */
export async function createOrdersTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(new CreateTableCommand({ ...schema, TableName: name }));
  await waitUntilTableExists({ client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 5 }, { TableName: name });
}

function keys(partition: string, sort: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

function index(name: string, partition: string): GlobalSecondaryIndex {
  return { IndexName: name, KeySchema: keys(partition, 'id'), Projection: { ProjectionType: 'ALL' } };
}
