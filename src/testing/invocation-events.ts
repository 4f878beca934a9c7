import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
  EventBridgeEvent,
  S3Event,
} from 'aws-lambda';
import type { RequestSample } from '../contracts/http-event-adapter.js';
import {
  sampleAppSyncAuthorizer,
  sampleAuthorizerV2,
  sampleRequestAuthorizer,
  sampleTokenAuthorizer,
  type TokenSample,
} from '../events/authorizer/sample.js';
import { type EventBridgeSample, sampleEventBridge } from '../events/eventbridge/sample.js';
import { sampleS3, sampleS3OnBus, type S3Sample } from '../events/s3/sample.js';
import { sampleSchedule, type ScheduleSample } from '../events/schedule/sample.js';
import { sampleWebSocket, type WebSocketEvent, type WebSocketSample } from '../events/websocket/sample.js';
import { checkedSample } from './check-sample.js';

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
