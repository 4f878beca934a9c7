import { sampleActiveMq } from '../events/active-mq/sample.js';
import { sampleDynamoDb } from '../events/dynamodb/sample.js';
import { sampleKafka } from '../events/kafka/sample.js';
import { sampleKinesis } from '../events/kinesis/sample.js';
import { sampleRabbitMq } from '../events/rabbit-mq/sample.js';
import { sampleSns, sampleSnsEnvelope } from '../events/sns/sample.js';
import { sampleSqs } from '../events/sqs/sample.js';

/**
 * Builds the events of sources that deliver records: `events.sqs('orders', [{ id: 1 }, { id: 2 }])`.
 *
 * A content is text or bytes as they are, and JSON of anything else. What a record has beside it is changed by the last
 * argument, for all records or by their index: `events.sqs('orders', orders, (index) => ({ messageId: `m${index}` }))`.
 */
export const recordEvents = {
  /** Messages of a queue; those of a `.fifo` queue are in one group. */
  sqs: sampleSqs,

  /** Notifications of a topic. */
  sns: sampleSns,

  /** The text of a message that SNS puts into a queue: `events.sqs('orders', [events.snsEnvelope('placed', { id: 1 })])`. */
  snsEnvelope: sampleSnsEnvelope,

  /** Messages of an ActiveMQ queue. */
  activeMq: sampleActiveMq,

  /** Messages of a RabbitMQ queue. */
  rabbitMq: sampleRabbitMq,

  /** Records of one shard of a Kinesis stream. */
  kinesis: sampleKinesis,

  /** Changes of a table's items: `events.dynamoDb('orders', [{ keys: { id: 'o1' }, newImage: { id: 'o1' } }])`. */
  dynamoDb: sampleDynamoDb,

  /** Records of a Kafka topic on MSK; `null` is a tombstone. */
  kafka: sampleKafka,
};
