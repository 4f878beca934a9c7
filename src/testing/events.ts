import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
  AppSyncResolverEvent,
  CloudFormationCustomResourceEvent,
  CloudWatchAlarmEvent,
  EventBridgeEvent,
  IoTCustomAuthorizerEvent,
  S3Event,
  S3BatchEvent,
  SESEvent,
} from 'aws-lambda';
import type { CognitoTrigger, CognitoTriggerEvents } from '../events/cognito.js';
import { type AlarmSample, sampleAlarm } from '../samples/alarm.js';
import { type AppSyncSample, sampleAppSync } from '../samples/appsync.js';
import {
  type IotAuthorizerSample,
  sampleAppSyncAuthorizer,
  sampleAuthorizerV2,
  sampleIotAuthorizer,
  sampleRequestAuthorizer,
  sampleTokenAuthorizer,
  type TokenSample,
} from '../samples/authorizer.js';
import { sampleCloudWatchLogs } from '../samples/cloudwatch-logs.js';
import { type CognitoSample, sampleCognito } from '../samples/cognito.js';
import { type CustomResourceSample, sampleCustomResource } from '../samples/custom-resource.js';
import { sampleDynamoDb } from '../samples/dynamodb.js';
import {
  type EventBridgeSample,
  sampleEventBridge,
  sampleSchedule,
  type ScheduleSample,
} from '../samples/eventbridge.js';
import { sampleFirehose } from '../samples/firehose.js';
import { sampleKafka } from '../samples/kafka.js';
import { sampleKinesis } from '../samples/kinesis.js';
import { sampleActiveMq, sampleRabbitMq } from '../samples/mq.js';
import type { RequestSample } from '../samples/request.js';
import { type S3BatchSample, sampleS3Batch } from '../samples/s3-batch.js';
import { type S3Sample, sampleS3, sampleS3OnBus } from '../samples/s3.js';
import { sampleSes, type SesSample } from '../samples/ses.js';
import { sampleSns, sampleSnsEnvelope } from '../samples/sns.js';
import { sampleSqs } from '../samples/sqs.js';
import { sampleWebSocket, type WebSocketEvent, type WebSocketSample } from '../samples/websocket.js';
import { checkedSample, httpEvents, SAMPLE_NAMES } from './http-events.js';

type RequestType = CloudFormationCustomResourceEvent['RequestType'];
type CustomResourceEvent<T extends RequestType> = Extract<CloudFormationCustomResourceEvent, { RequestType: T }>;

/**
 * Builds events as AWS would send them, one builder for each source.
 *
 * Builders of records take the contents of the records: `events.sqs('orders', [{ id: 1 }, { id: 2 }])`. Text and bytes
 * are sent as they are, anything else as JSON. A last argument changes the other members, of all records or of each by
 * its index: `events.sqs('orders', orders, (index) => ({ messageId: `m${index}` }))`.
 */
export const events = {
  ...httpEvents,

  /** Messages of an SQS queue. Those of a `.fifo` queue share one message group. */
  sqs: sampleSqs,

  /** Notifications of an SNS topic. */
  sns: sampleSns,

  /**
   * The body of an SQS message that carries an SNS notification:
   * `events.sqs('orders', [events.snsEnvelope('placed', { id: 1 })])`.
   */
  snsEnvelope: sampleSnsEnvelope,

  /** Messages of an ActiveMQ queue. */
  activeMq: sampleActiveMq,

  /** Messages of a RabbitMQ queue. */
  rabbitMq: sampleRabbitMq,

  /** Records of one shard of a Kinesis stream. */
  kinesis: sampleKinesis,

  /** Records of a Firehose delivery stream, to be transformed. */
  firehose: sampleFirehose,

  /**
   * Changes to the items of a DynamoDB table: `events.dynamoDb('orders', [{ keys: { id: 'o1' }, newImage: { id: 'o1' }
   * }])`.
   */
  dynamoDb: sampleDynamoDb,

  /** Records of a Kafka topic on Amazon MSK. `null` is a tombstone. */
  kafka: sampleKafka,

  /** An event of a rule on an EventBridge bus. */
  eventBridge: (event: EventBridgeSample = {}): EventBridgeEvent<string, unknown> =>
    sampleEventBridge(
      checkedSample(event, ['source', 'detailType', 'detail', 'resources', 'time'], 'events.eventBridge()'),
    ),

  /** An invocation by a schedule of EventBridge. */
  schedule: (schedule: ScheduleSample = {}): EventBridgeEvent<'Scheduled Event', unknown> =>
    sampleSchedule(checkedSample(schedule, ['rule', 'scheduler', 'input', 'time'], 'events.schedule()')),

  /** The action of a CloudWatch alarm whose state changes: `events.alarm({ name: 'orders-errors', state: 'OK' })`. */
  alarm: (alarm: AlarmSample = {}): CloudWatchAlarmEvent =>
    sampleAlarm(checkedSample(alarm, ['name', 'state', 'previousState', 'reason'], 'events.alarm()')),

  /** A notification from an S3 bucket, with one record for each object. */
  s3: (...objects: readonly S3Sample[]): S3Event =>
    sampleS3(...objects.map((object) => checkedSample(object, ['bucket', 'key', 'event', 'size'], 'events.s3()'))),

  /** The notification of a created S3 object, as EventBridge delivers it. */
  s3EventBridge: (object: Omit<S3Sample, 'event'> = {}): EventBridgeEvent<string, unknown> =>
    sampleS3OnBus(checkedSample(object, ['bucket', 'key', 'size'], 'events.s3EventBridge()')),

  /** A message of a WebSocket API. The routes `$connect` and `$disconnect` open and close a connection. */
  webSocket: (message: WebSocketSample = {}): WebSocketEvent =>
    sampleWebSocket(
      checkedSample(
        message,
        ['route', 'body', 'connectionId', 'headers', 'query', 'domainName', 'stage'],
        'events.webSocket()',
      ),
    ),

  /** The request of a REST API to its token authorizer. */
  authorizerToken: (request: TokenSample = {}): APIGatewayTokenAuthorizerEvent =>
    sampleTokenAuthorizer(checkedSample(request, ['token', 'method', 'path'], 'events.authorizerToken()')),

  /** The request of a REST API to its request authorizer. */
  authorizerRequest: (request: RequestSample = {}): APIGatewayRequestAuthorizerEvent =>
    sampleRequestAuthorizer(checkedSample(request, SAMPLE_NAMES, 'events.authorizerRequest()')),

  /** The request of an HTTP API to its authorizer, in payload format 2.0. */
  authorizerV2: (request: RequestSample = {}): APIGatewayRequestAuthorizerEventV2 =>
    sampleAuthorizerV2(checkedSample(request, SAMPLE_NAMES, 'events.authorizerV2()')),

  /** The request of an AppSync API to its authorizer. */
  authorizerAppSync: (request: { token?: string } = {}): AppSyncAuthorizerEvent =>
    sampleAppSyncAuthorizer(checkedSample(request, ['token'], 'events.authorizerAppSync()')),

  /** A trigger of a Cognito user pool: `events.cognito('PreSignUp', { userName: 'ada' })`. */
  cognito: <T extends CognitoTrigger>(trigger: T, sample: CognitoSample<T> = {}): CognitoTriggerEvents[T] =>
    sampleCognito(trigger, checkedSample(sample, ['triggerSource', 'userName', 'request'], 'events.cognito()')),

  /** A request to a direct resolver of AppSync: `events.appSync('Query', 'order', { arguments: { id: 'o1' } })`. */
  appSync: <A = Record<string, unknown>, S = null>(
    type: string,
    field: string,
    sample: AppSyncSample<A, S> = {},
  ): AppSyncResolverEvent<A, S> =>
    sampleAppSync(
      type,
      field,
      checkedSample(sample, ['arguments', 'source', 'identity', 'headers', 'selectionSetList'], 'events.appSync()'),
    ),

  /**
   * Lines of a CloudWatch log group, packed as its subscription delivers them:
   * `events.cloudWatchLogs('/aws/lambda/orders', ['A line'])`.
   */
  cloudWatchLogs: sampleCloudWatchLogs,

  /** A task of S3 Batch Operations: `events.s3Batch({ bucket: 'uploads', key: 'photo.jpg' })`. */
  s3Batch: (task: S3BatchSample = {}): S3BatchEvent =>
    sampleS3Batch(checkedSample(task, ['bucket', 'key', 'versionId', 'userArguments'], 'events.s3Batch()')),

  /** An email that SES received. */
  ses: (mail: SesSample = {}): SESEvent =>
    sampleSes(checkedSample(mail, ['from', 'to', 'subject', 'headers', 'verdict'], 'events.ses()')),

  /**
   * A request to a custom resource of CloudFormation: `events.customResource('Create', { properties: { Name: 'orders' }
   * })`.
   */
  customResource: <T extends RequestType = 'Create'>(
    requestType: T = 'Create' as T,
    sample: CustomResourceSample = {},
  ): CustomResourceEvent<T> =>
    sampleCustomResource(
      requestType,
      checkedSample(
        sample,
        ['properties', 'oldProperties', 'physicalResourceId', 'responseUrl'],
        'events.customResource()',
      ),
    ),

  /** The request of AWS IoT Core to a custom authorizer. */
  iotAuthorizer: (device: IotAuthorizerSample = {}): IoTCustomAuthorizerEvent =>
    sampleIotAuthorizer(checkedSample(device, ['token', 'clientId', 'username', 'password'], 'events.iotAuthorizer()')),
};
