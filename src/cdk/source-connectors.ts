import { Annotations } from 'aws-cdk-lib';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type CfnRule, type IEventBus, Match, Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { type Function, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import {
  DynamoEventSource,
  KinesisEventSource,
  ManagedKafkaEventSource,
  S3EventSourceV2,
  SelfManagedKafkaEventSource,
  SnsEventSource,
  SqsEventSource,
} from 'aws-cdk-lib/aws-lambda-event-sources';
import type { EventType, IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { bucketEvents, eventPattern } from '../deployment/source-settings.js';
import { connectSchedule, ruleProps } from './connect-schedule.js';
import { MqEventSource, type MqEventSourceProps } from './mq-event-source.js';
import type { Connection, Connector, EventSources, KafkaSource, ScheduleSettings } from './source-options.js';

const REPORTING = { reportBatchItemFailures: true };
const STREAM = { startingPosition: StartingPosition.TRIM_HORIZON, ...REPORTING };

/** The connectors by source. */
export const CONNECTORS = {
  sqs: connector<IQueue>('queues', (target, { resource, settings }) => {
    target.addEventSource(new SqsEventSource(resource, { ...settings, ...REPORTING }));
  }),
  sns: connector<ITopic>('topics', (target, { resource, settings }) => {
    target.addEventSource(new SnsEventSource(resource, settings));
  }),
  kinesis: connector<IStream>('streams', (target, { resource, settings }) => {
    target.addEventSource(new KinesisEventSource(resource, { ...STREAM, ...settings }));
  }),
  dynamodb: connector<ITable>('tables', (target, { resource, settings }) => {
    target.addEventSource(new DynamoEventSource(resource, { ...STREAM, ...settings }));
  }),
  kafka: connector<KafkaSource>('kafkaTopics', connectKafka),
  mq: connector<Omit<MqEventSourceProps, 'queue'>>('mqQueues', (target, { name, resource }) => {
    target.addEventSource(new MqEventSource({ ...resource, queue: name }));
  }),
  s3: connector<IBucket>('buckets', (target, { resource, settings, consumers }) => {
    target.addEventSource(
      new S3EventSourceV2(resource, { ...settings, events: bucketEvents(consumers) as EventType[] }),
    );
  }),
  schedule: connector<Schedule | ScheduleSettings>('schedules', connectSchedule),
  eventbridge: connector<IEventBus | undefined>('eventBus', connectBus),
  websocket: connector<WebSocketApi>('webSocketApi', connectWebSockets),
};

function connector<Resource>(
  sources: keyof EventSources,
  connect: Connector<Resource>['connect'],
): Connector<Resource> {
  return { sources, connect };
}

/** Connects a topic. Lambda only supports batch item failures for Kafka in provisioned mode. */
function connectKafka(target: Function, { name, resource }: Connection<KafkaSource>): void {
  const provisioned = resource.provisionedPollerConfig !== undefined;
  const props = {
    startingPosition: StartingPosition.TRIM_HORIZON,
    ...resource,
    topic: name,
    ...(provisioned && REPORTING),
  };
  target.addEventSource(
    'clusterArn' in props ? new ManagedKafkaEventSource(props) : new SelfManagedKafkaEventSource(props),
  );
  if (provisioned) return;
  Annotations.of(target).addWarningV2(
    'lambent:kafka-without-reports',
    `The Kafka topic "${name}" has no provisionedPollerConfig, so Lambda ignores batch item failures. ` +
      "Set it, or the application's option batch: { rejectWhole: ['kafka'] }.",
  );
}

/** Creates the rule of an event bus. CloudFormation supports `$or` in its pattern, the CDK doesn't. */
function connectBus(target: Function, { resource, settings, consumers }: Connection<IEventBus | undefined>): void {
  const rule = new Rule(target, 'Events', {
    ...ruleProps(target, settings),
    ...(resource && { eventBus: resource }),
    eventPattern: { source: Match.prefix('') },
  });
  (rule.node.defaultChild as CfnRule).eventPattern = eventPattern(consumers);
}

function connectWebSockets(target: Function, { resource, consumers }: Connection<WebSocketApi>): void {
  const integration = new WebSocketLambdaIntegration('Application', target);
  for (const route of new Set(consumers.map(({ criteria }) => criteria['route']!))) {
    const responds = route !== '$connect' && route !== '$disconnect';
    resource.addRoute(route, { integration, ...(responds && { returnResponse: true }) });
  }
  resource.grantManageConnections(target);
}
