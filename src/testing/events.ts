import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
  AppSyncResolverEvent,
  CloudFormationCustomResourceEvent,
  EventBridgeEvent,
  IoTCustomAuthorizerEvent,
  S3Event,
  SESEvent,
} from 'aws-lambda';
import type { CognitoTrigger, CognitoTriggerEvents } from '../events/cognito.js';
import { type AppSyncSample, sampleAppSync } from '../samples/appsync.js';
import {
  sampleAppSyncAuthorizer,
  sampleAuthorizerV2,
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
import type { RequestSample } from '../samples/http/request.js';
import { type IotAuthorizerSample, sampleIotAuthorizer } from '../samples/iot-authorizer.js';
import { sampleKafka } from '../samples/kafka.js';
import { sampleKinesis } from '../samples/kinesis.js';
import { sampleActiveMq, sampleRabbitMq } from '../samples/mq.js';
import { type S3Sample, sampleS3, sampleS3OnBus } from '../samples/s3.js';
import { sampleSes, type SesSample } from '../samples/ses.js';
import { sampleSns, sampleSnsEnvelope } from '../samples/sns.js';
import { sampleSqs } from '../samples/sqs.js';
import { sampleWebSocket, type WebSocketEvent, type WebSocketSample } from '../samples/websocket.js';
import { checkedSample, httpEvents } from './http-events.js';

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

  /**
   * The text of a message that SNS puts into a queue: `events.sqs('orders', [events.snsEnvelope('placed', { id: 1
   * })])`.
   */
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

const REQUEST: readonly (keyof RequestSample)[] = ['method', 'url', 'headers', 'body', 'ip', 'stage'];

/** Builds the events of sources that send one thing at a time, and wait for an answer or try again. */
export const invocationEvents = {
  /** An event of a rule on an EventBridge bus. */
  eventBridge: (event: EventBridgeSample = {}): EventBridgeEvent<string, unknown> =>
    sampleEventBridge(checkedSample(event, ['source', 'detailType', 'detail', 'resources'], 'events.eventBridge()')),

  /** An invocation by a schedule. */
  schedule: (schedule: ScheduleSample = {}): EventBridgeEvent<'Scheduled Event', unknown> =>
    sampleSchedule(checkedSample(schedule, ['rule', 'scheduler'], 'events.schedule()')),

  /** A notification of a bucket; several objects are several records. */
  s3: (...objects: readonly S3Sample[]): S3Event =>
    sampleS3(...objects.map((object) => checkedSample(object, ['bucket', 'key', 'event', 'size'], 'events.s3()'))),

  /** The notification of a created object, as it comes through EventBridge. */
  s3EventBridge: (object: Omit<S3Sample, 'event'> = {}): EventBridgeEvent<string, unknown> =>
    sampleS3OnBus(checkedSample(object, ['bucket', 'key', 'size'], 'events.s3EventBridge()')),

  /** A message of a WebSocket API; with the route `$connect` or `$disconnect`, the begin or the end of a connection. */
  webSocket: (message: WebSocketSample = {}): WebSocketEvent =>
    sampleWebSocket(
      checkedSample(
        message,
        ['route', 'body', 'connectionId', 'headers', 'query', 'domainName', 'stage'],
        'events.webSocket()',
      ),
    ),

  /** The question of a REST API to a token authorizer. */
  authorizerToken: (question: TokenSample = {}): APIGatewayTokenAuthorizerEvent =>
    sampleTokenAuthorizer(checkedSample(question, ['token', 'method', 'path'], 'events.authorizerToken()')),

  /** The question of a REST API to a request authorizer. */
  authorizerRequest: (request: RequestSample = {}): APIGatewayRequestAuthorizerEvent =>
    sampleRequestAuthorizer(checkedSample(request, REQUEST, 'events.authorizerRequest()')),

  /** The question of an HTTP API to its authorizer, in format 2.0. */
  authorizerV2: (request: RequestSample = {}): APIGatewayRequestAuthorizerEventV2 =>
    sampleAuthorizerV2(checkedSample(request, REQUEST, 'events.authorizerV2()')),

  /** The question of an AppSync API to its authorizer. */
  authorizerAppSync: (question: { token?: string } = {}): AppSyncAuthorizerEvent =>
    sampleAppSyncAuthorizer(checkedSample(question, ['token'], 'events.authorizerAppSync()')),
};

type RequestType = CloudFormationCustomResourceEvent['RequestType'];
type CustomResourceEvent<T extends RequestType> = Extract<CloudFormationCustomResourceEvent, { RequestType: T }>;

/** Builds the events that the ready-made predicates of `@OnEvent` take. */
export const triggerEvents = {
  /** A trigger of a Cognito user pool: `events.cognito('PreSignUp', { userName: 'ada' })`. */
  cognito: <T extends CognitoTrigger>(trigger: T, sample: CognitoSample<T> = {}): CognitoTriggerEvents[T] =>
    sampleCognito(trigger, checkedSample(sample, ['triggerSource', 'userName', 'request'], 'events.cognito()')),

  /** A question to a direct resolver of AppSync: `events.appSync('Query', 'order', { arguments: { id: 'o1' } })`. */
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
   * Lines of a log group, packed as its subscription delivers them: `events.cloudWatchLogs('/aws/lambda/orders', ['A
   * line'])`.
   */
  cloudWatchLogs: sampleCloudWatchLogs,

  /** A mail that SES received. */
  ses: (mail: SesSample = {}): SESEvent =>
    sampleSes(checkedSample(mail, ['from', 'to', 'subject', 'headers', 'verdict'], 'events.ses()')),

  /** A custom resource of CloudFormation: `events.customResource('Create', { properties: { Name: 'orders' } })`. */
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

  /** The question of AWS IoT Core to a custom authorizer. */
  iotAuthorizer: (device: IotAuthorizerSample = {}): IoTCustomAuthorizerEvent =>
    sampleIotAuthorizer(checkedSample(device, ['token', 'clientId', 'username', 'password'], 'events.iotAuthorizer()')),
};

/** Builds the events that AWS would send, one builder a source. */
export const events = { ...httpEvents, ...invocationEvents, ...recordEvents, ...triggerEvents };
