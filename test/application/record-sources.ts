import {
  type ConsumerOptions,
  OnDynamoDb,
  OnKafka,
  OnKinesis,
  OnMq,
  OnSns,
  OnSqs,
} from '../../src/decorators/consumers.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import type { DynamoDbChange } from '../../src/events/dynamodb.js';
import { events } from '../../src/testing/events.js';

/** A source of records, as an application sees it. */
export interface RecordSource {
  /** What `context.getType()` says. */
  type: string;
  /** A consumer of what the events come from. */
  On: (options?: ConsumerOptions) => MethodDecorator;
  /** A consumer of something else. */
  OnOther: MethodDecorator;
  /** An event with a record a content, which is JSON. */
  event: (contents: readonly object[]) => object;
  /** The content in what `@Body()` gives. */
  read: (body: unknown) => unknown;
  failures: 'each' | 'first' | 'reject';
  ordered: boolean;
}

const self = (body: unknown) => body;

export const RECORD_SOURCES: Readonly<Record<string, RecordSource>> = {
  sqs: {
    type: 'sqs',
    On: (options) => OnSqs('orders', options),
    OnOther: OnSqs('other'),
    event: (contents) => events.sqs('orders', contents),
    read: self,
    failures: 'each',
    ordered: false,
  },
  'sqs (FIFO)': {
    type: 'sqs',
    On: (options) => OnSqs('orders.fifo', options),
    OnOther: OnSqs('orders'),
    event: (contents) => events.sqs('orders.fifo', contents),
    read: self,
    failures: 'each',
    ordered: true,
  },
  sns: {
    type: 'sns',
    On: (options) => OnSns('placed', options),
    OnOther: OnSns('other'),
    event: (contents) => events.sns('placed', contents),
    read: self,
    failures: 'reject',
    ordered: false,
  },
  activeMq: {
    type: 'mq',
    On: (options) => OnMq('orders', options),
    OnOther: OnMq('other'),
    event: (contents) => events.activeMq('orders', contents),
    read: self,
    failures: 'reject',
    ordered: false,
  },
  rabbitMq: {
    type: 'mq',
    On: (options) => OnMq('orders', options),
    OnOther: OnMq('other'),
    event: (contents) => events.rabbitMq('orders', contents),
    read: self,
    failures: 'reject',
    ordered: false,
  },
  kinesis: {
    type: 'kinesis',
    On: (options) => OnKinesis('clicks', options),
    OnOther: OnKinesis('other'),
    event: (contents) => events.kinesis('clicks', contents),
    read: self,
    failures: 'first',
    ordered: true,
  },
  dynamoDb: {
    type: 'dynamodb',
    On: (options) => OnDynamoDb('orders', options),
    OnOther: OnDynamoDb('other'),
    event: (contents) =>
      events.dynamoDb(
        'orders',
        contents.map((newImage) => ({ newImage: { ...newImage } })),
      ),
    read: (body) => (body as DynamoDbChange).newImage,
    failures: 'first',
    ordered: true,
  },
  kafka: {
    type: 'kafka',
    On: (options) => OnKafka('clicks', options),
    OnOther: OnKafka('other'),
    event: (contents) => events.kafka('clicks', contents),
    read: self,
    failures: 'first',
    ordered: true,
  },
};

/** What AWS calls the records of an event, in order. */
export function identifiersOf(event: object): unknown[] {
  const [adapter] = detectRecordAdapters(event);
  return adapter!.decode(event).map(({ identifier, id }) => identifier ?? id);
}

/** The identifiers that a result names. */
export function namedIn(result: unknown): unknown[] {
  const { batchItemFailures } = result as { batchItemFailures: { itemIdentifier: unknown }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
