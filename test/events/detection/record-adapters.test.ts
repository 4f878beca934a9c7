import { dynamoDb, type DynamoDbChange } from '../../../src/events/dynamodb.js';
import { firehose } from '../../../src/events/firehose.js';
import { kafka } from '../../../src/events/kafka.js';
import { kinesis } from '../../../src/events/kinesis.js';
import { activeMq, rabbitMq } from '../../../src/events/mq.js';
import { sns } from '../../../src/events/sns.js';
import { sqs } from '../../../src/events/sqs.js';
import { events } from '../../../src/testing/events.js';
import { describeRecordAdapter } from '../../contracts/record-adapter.js';

function records(event: unknown): unknown[] {
  return (event as { Records: unknown[] }).Records;
}

describeRecordAdapter({
  name: 'SQS',
  adapter: sqs,
  sample: (contents) => events.sqs('orders', contents),
  attributes: { queue: 'orders' },
  rawsOf: records,
  failures: 'each',
  ordered: false,
});

describeRecordAdapter({
  name: 'SQS with a FIFO queue',
  adapter: sqs,
  sample: (contents) => events.sqs('orders.fifo', contents),
  attributes: { queue: 'orders.fifo' },
  rawsOf: records,
  failures: 'each',
  ordered: true,
});

describeRecordAdapter({
  name: 'SNS',
  adapter: sns,
  sample: (contents) => events.sns('placed', contents),
  attributes: { topic: 'placed' },
  rawsOf: records,
  failures: 'reject',
  ordered: false,
});

describeRecordAdapter({
  name: 'ActiveMQ',
  adapter: activeMq,
  sample: (contents) => events.activeMq('orders', contents),
  attributes: { queue: 'orders' },
  rawsOf: (event) => (event as { messages: unknown[] }).messages,
  failures: 'reject',
  ordered: false,
});

describeRecordAdapter({
  name: 'RabbitMQ',
  adapter: rabbitMq,
  sample: (contents) => events.rabbitMq('orders', contents),
  attributes: { queue: 'orders', virtualHost: '/' },
  rawsOf: (event) => (event as { rmqMessagesByQueue: Record<string, unknown[]> }).rmqMessagesByQueue['orders::/']!,
  failures: 'reject',
  ordered: false,
});

describeRecordAdapter({
  name: 'Firehose',
  adapter: firehose,
  sample: (contents) => events.firehose('clicks', contents),
  attributes: { stream: 'clicks' },
  rawsOf: (event) => (event as { records: unknown[] }).records,
  failures: 'answer',
  ordered: false,
});

describeRecordAdapter({
  name: 'Kinesis',
  adapter: kinesis,
  sample: (contents) => events.kinesis('clicks', contents),
  attributes: { stream: 'clicks' },
  rawsOf: records,
  failures: 'first',
  ordered: true,
});

describeRecordAdapter({
  name: 'DynamoDB Streams',
  adapter: dynamoDb,
  sample: (contents) =>
    events.dynamoDb(
      'orders',
      contents.map((id) => ({ keys: { id }, newImage: { id } })),
    ),
  attributes: { table: 'orders' },
  rawsOf: records,
  failures: 'first',
  ordered: true,
  textOf: (content) => (content as DynamoDbChange).newImage?.['id'],
});

describeRecordAdapter({
  name: 'Kafka',
  adapter: kafka,
  sample: (contents) => events.kafka('clicks', contents),
  attributes: { topic: 'clicks' },
  rawsOf: (event) => (event as { records: Record<string, unknown[]> }).records['clicks-0']!,
  failures: 'first',
  ordered: true,
});
