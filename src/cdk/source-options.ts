import type { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import type { LambdaFunctionProps } from 'aws-cdk-lib/aws-events-targets';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { Function } from 'aws-cdk-lib/aws-lambda';
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
import type { ScheduleProps } from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DeployedConsumer } from '../deployment/subscription.js';
import type { MqEventSourceProps } from './mq-event-source.js';

/** A resource, alone or with settings of its event source mapping. `false` means that it is connected elsewhere. */
export type EventSourceOf<Resource, Options> = Resource | ({ readonly from: Resource } & Partial<Options>) | false;

/** Resources by the name that their records carry, which a decorator names or its pattern matches. */
export type Named<Given> = Readonly<Record<string, Given>>;

/** The settings of a mapping, without those that the framework sets. */
type Settings<Props, Derived extends keyof Props = never> = Omit<Props, 'reportBatchItemFailures' | Derived>;

/** An MSK cluster by its ARN, or your own brokers. */
export type KafkaSource =
  | (Settings<ManagedKafkaEventSourceProps, 'topic' | 'startingPosition'> &
      Partial<Pick<ManagedKafkaEventSourceProps, 'startingPosition'>>)
  | (Settings<SelfManagedKafkaEventSourceProps, 'topic' | 'startingPosition'> &
      Partial<Pick<SelfManagedKafkaEventSourceProps, 'startingPosition'>>);

/** Settings of a rule and of its target. The decorators determine which events it matches. */
export type RuleSettings<Derived extends keyof RuleProps> = Omit<
  RuleProps,
  'schedule' | 'eventPattern' | 'targets' | Derived
> &
  DeliverySettings;

type DeliverySettings = Pick<LambdaFunctionProps, 'deadLetterQueue' | 'maxEventAge' | 'retryAttempts'>;

/** Settings of a schedule and of its target. The decorator determines when it runs, its name and its input. */
export type ScheduleSettings = Omit<ScheduleProps, 'schedule' | 'target' | 'scheduleName'> &
  Omit<ScheduleTargetBaseProps, 'input'>;

/** The resources that a function's consumers need. Event filters and failure reports follow from the decorators. */
export interface EventSources {
  /** Queues of `@OnSqs`, of the option `via: { sqs }` of other decorators, and of `requestsVia`. */
  readonly queues?: Named<EventSourceOf<IQueue, Settings<SqsEventSourceProps>>>;
  /** Topics of `@OnSns`, of the option `via: { sns }` of other decorators, and of `requestsVia`. */
  readonly topics?: Named<EventSourceOf<ITopic, SnsEventSourceProps>>;
  /** Streams of `@OnKinesis`. They are read from the oldest record unless you set `startingPosition`. */
  readonly streams?: Named<EventSourceOf<IStream, Settings<KinesisEventSourceProps>>>;
  /** Tables of `@OnDynamoDb`, with a stream. It is read from the oldest record unless you set `startingPosition`. */
  readonly tables?: Named<EventSourceOf<ITable, Settings<DynamoEventSourceProps>>>;
  /** Topics of `@OnKafka`. They are read from the oldest record unless you set `startingPosition`. */
  readonly kafkaTopics?: Named<KafkaSource | false>;
  /** Queues of `@OnMq`, of the option `via: { mq }` of other decorators, and of `requestsVia`. */
  readonly mqQueues?: Named<Omit<MqEventSourceProps, 'queue'> | false>;
  /** Buckets of `@OnS3` without `via`, which notify the function directly. */
  readonly buckets?: Named<EventSourceOf<IBucket, Pick<S3EventSourceProps, 'filters'>>>;
  /**
   * Schedules of `@OnSchedule`, by the name of the rule. Those that the decorator declares, with `cron` or `rate`, are
   * created by themselves; pass settings for one, or `false`.
   */
  readonly schedules?: Named<EventSourceOf<Schedule, RuleSettings<'ruleName'>> | ScheduleSettings>;
  /** The event bus of `@OnEventBridge`. Defaults to the account's default bus. */
  readonly eventBus?: EventSourceOf<IEventBus, RuleSettings<'eventBus'>>;
  /** The API of `@OnWebSocket`. */
  readonly webSocketApi?: WebSocketApi | false;
}

/** A resource to connect to a function. */
export interface Connection<Resource> {
  /** The key in `sources`. */
  readonly name: string;
  readonly resource: Resource;
  /** The settings of the event source mapping that were passed. */
  readonly settings: object;
  readonly consumers: readonly DeployedConsumer[];
}

/** Connects the resources of one source. */
export interface Connector<Resource> {
  /** The member of `sources` that has the resources. */
  readonly sources: keyof EventSources;
  connect(target: Function, connection: Connection<Resource>): void;
}

/** Separates a resource from its settings. Constructs have no member `from`. */
export function withSettings(value: unknown): { readonly from: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value
    ? (value as { from: unknown })
    : { from: value };
}
