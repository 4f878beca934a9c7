import type { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import type { LambdaFunctionProps } from 'aws-cdk-lib/aws-events-targets';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type {
  DynamoEventSourceProps,
  KinesisEventSourceProps,
  ManagedKafkaEventSourceProps,
  S3EventSourceProps,
  SelfManagedKafkaEventSourceProps,
  SnsEventSourceProps,
  SqsEventSourceProps,
} from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { MqEventSourceProps } from './mq-event-source.js';

/** A resource, alone or with settings of its mapping; `false` says that another stack, or somebody's hand, maps it. */
export type EventSourceOf<Resource, Options> = Resource | ({ readonly from: Resource } & Partial<Options>) | false;

/** By the name that records have, which a decorator names, or that its pattern matches. */
export type Named<Given> = Readonly<Record<string, Given>>;

type Settings<Props, Told extends keyof Props = never> = Omit<Props, 'reportBatchItemFailures' | Told>;

/** An MSK cluster by its ARN, or servers of one's own. */
export type KafkaSource =
  | (Settings<ManagedKafkaEventSourceProps, 'topic' | 'startingPosition'> &
      Partial<Pick<ManagedKafkaEventSourceProps, 'startingPosition'>>)
  | (Settings<SelfManagedKafkaEventSourceProps, 'topic' | 'startingPosition'> &
      Partial<Pick<SelfManagedKafkaEventSourceProps, 'startingPosition'>>);

/** Of a rule, and of how it calls the function; which events it brings, and to whom, follows from elsewhere. */
export type RuleSettings<Told extends keyof RuleProps> = Omit<
  RuleProps,
  'schedule' | 'eventPattern' | 'targets' | Told
> &
  DeliverySettings;

type DeliverySettings = Pick<LambdaFunctionProps, 'deadLetterQueue' | 'maxEventAge' | 'retryAttempts'>;

/**
 * What the consumers of a function consume. Which of it comes, and how failures are told, follows from the decorators.
 */
export interface EventSources {
  /** Of `@OnSqs`, of the option `via: { sqs }` of other decorators, and of `requestsVia`. */
  readonly queues?: Named<EventSourceOf<IQueue, Settings<SqsEventSourceProps>>>;
  /** Of `@OnSns`, of the option `via: { sns }` of other decorators, and of `requestsVia`. */
  readonly topics?: Named<EventSourceOf<ITopic, SnsEventSourceProps>>;
  /** Of `@OnKinesis`; from the oldest record on unless `startingPosition` is given. */
  readonly streams?: Named<EventSourceOf<IStream, Settings<KinesisEventSourceProps>>>;
  /** Of `@OnDynamoDb`: tables with a stream, from its oldest record on unless `startingPosition` is given. */
  readonly tables?: Named<EventSourceOf<ITable, Settings<DynamoEventSourceProps>>>;
  /** Of `@OnKafka`; from the oldest record on unless `startingPosition` is given. */
  readonly kafkaTopics?: Named<KafkaSource | false>;
  /** Of `@OnMq`, of the option `via: { mq }` of other decorators, and of `requestsVia`. */
  readonly mqQueues?: Named<Omit<MqEventSourceProps, 'queue'> | false>;
  /** Of `@OnS3` without `via`: buckets whose notifications come directly. */
  readonly buckets?: Named<EventSourceOf<IBucket, Pick<S3EventSourceProps, 'filters'>>>;
  /** Of `@OnSchedule`: when the rule of this name is due. */
  readonly schedules?: Named<EventSourceOf<Schedule, RuleSettings<'ruleName'>>>;
  /** Of `@OnEventBridge`; the account's own bus unless given. */
  readonly eventBus?: EventSourceOf<IEventBus, RuleSettings<'eventBus'>>;
  /** Of `@OnWebSocket`. */
  readonly webSocketApi?: WebSocketApi | false;
}
