import {
  OnAlarm,
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { events } from '../../src/testing/events.js';
import { httpEvents } from '../../src/testing/http-events.js';

/** How a source is told that something failed: records by their identifiers, the invocation, or an answer with 504. */
export type Told = 'records' | 'invocation' | 'answer';

/** A source that is no HTTP API: who takes its events, and one of them. */
export interface OtherSource {
  readonly on: MethodDecorator;
  readonly event: unknown;
  readonly told: Told;
}

const two = [{ id: 1 }, { id: 2 }];
const isCommand = (event: unknown): boolean => Object.hasOwn(event as object, 'action');
const onMq = OnMq('orders');
const onAuthorize = OnAuthorize();

export const OTHER_SOURCES: Readonly<Record<string, OtherSource>> = {
  sqs: { on: OnSqs('orders'), event: events.sqs('orders', two), told: 'records' },
  'sqs (FIFO)': { on: OnSqs('orders.fifo'), event: events.sqs('orders.fifo', two), told: 'records' },
  kinesis: { on: OnKinesis('orders'), event: events.kinesis('orders', two), told: 'records' },
  dynamoDb: { on: OnDynamoDb('orders'), event: events.dynamoDb('orders', [{ newImage: { id: 1 } }]), told: 'records' },
  kafka: { on: OnKafka('orders'), event: events.kafka('orders', two), told: 'records' },
  sns: { on: OnSns('orders'), event: events.sns('orders', two), told: 'invocation' },
  activeMq: { on: onMq, event: events.activeMq('orders', two), told: 'invocation' },
  rabbitMq: { on: onMq, event: events.rabbitMq('orders', two), told: 'invocation' },
  s3: { on: OnS3({ bucket: 'orders' }), event: events.s3({ bucket: 'orders' }), told: 'invocation' },
  eventBridge: {
    on: OnEventBridge({ source: 'shop' }),
    event: events.eventBridge({ source: 'shop' }),
    told: 'invocation',
  },
  schedule: { on: OnSchedule('nightly'), event: events.schedule({ rule: 'nightly' }), told: 'invocation' },
  alarm: { on: OnAlarm('errors'), event: events.alarm({ name: 'errors' }), told: 'invocation' },
  authorizerToken: { on: onAuthorize, event: events.authorizerToken(), told: 'invocation' },
  authorizerRequest: { on: onAuthorize, event: events.authorizerRequest(), told: 'invocation' },
  authorizerV2: { on: onAuthorize, event: events.authorizerV2(), told: 'invocation' },
  webSocket: { on: OnWebSocket('say'), event: events.webSocket({ route: 'say' }), told: 'answer' },
  direct: { on: OnEvent(isCommand), event: { action: 'ship' }, told: 'invocation' },
};

/** One request for `/` a source. */
export const REQUESTS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(httpEvents).map(([source, build]) => [source, build({ url: '/' })]),
);

/** For one consumer of all of them. */
export const onEverySource: MethodDecorator = (target, key, descriptor) => {
  for (const on of new Set(Object.values(OTHER_SOURCES).map((source) => source.on))) on(target, key, descriptor);
};
