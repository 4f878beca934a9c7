import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, type GlobalSecondaryIndexPropsV2, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { LambentApi, LambentFunction } from 'lambent/cdk';

/** The orders service: its table, its queue, and one function behind an HTTP API. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const table = ordersTable(this);
    const limits = rateLimitsTable(this);
    const shipments = shipmentsQueue(this);
    const orders = new LambentFunction(this, 'Function', {
      entry: 'src/lambda.ts',
      createOptions: 'src/options.ts',
      sources: {
        queues: { shipments },
        // Only changes of orders: the function's own writes are other parts, and must not invoke it again.
        tables: { orders: { from: table, retryAttempts: 10, filters: [changesOf('order')] } },
      },
      tables: { rateLimit: limits },
      // Imported by `npm start` only. Most of the rest are AWS clients.
      bundling: { external: ['dynalite', 'lambent/local'], budget: 1000 },
      environment: {
        API_KEY: new CfnParameter(this, 'ApiKey', {
          noEcho: true,
          description: 'What callers have to send as x-api-key',
        }).valueAsString,
        TABLE_NAME: table.tableName,
        RATE_LIMITS_TABLE: limits.tableName,
      },
    });
    table.grantReadWriteData(orders);
    new LambentApi(this, 'Api', { function: orders });
  }
}

function ordersTable(scope: Construct): TableV2 {
  return new TableV2(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    sortKey: { name: 'part', type: AttributeType.STRING },
    globalSecondaryIndexes: [index('all-orders', 'kind'), index('orders-by-status', 'status')],
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
  });
}

function rateLimitsTable(scope: Construct): TableV2 {
  return new TableV2(scope, 'RateLimits', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiration',
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

function index(indexName: string, partition: string): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: partition, type: AttributeType.STRING },
    sortKey: { name: 'id', type: AttributeType.STRING },
  };
}

/** Retries a failed message after six times the function's timeout. After five deliveries it is a dead letter. */
function shipmentsQueue(scope: Construct): Queue {
  const deadLetterQueue = { queue: new Queue(scope, 'DeadShipments'), maxReceiveCount: 5 };
  return new Queue(scope, 'Shipments', {
    queueName: 'shipments',
    visibilityTimeout: Duration.seconds(174),
    deadLetterQueue,
  });
}

function changesOf(part: string): ReturnType<typeof FilterCriteria.filter> {
  return FilterCriteria.filter({ dynamodb: { Keys: { part: { S: FilterRule.isEqual(part) } } } });
}
