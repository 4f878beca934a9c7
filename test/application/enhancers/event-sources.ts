import {
  type ConsumerOptions,
  OnAlarm,
  OnAuthorize,
  OnEvent,
  OnEventBridge,
  OnFirehose,
  OnS3,
  OnSchedule,
  OnWebSocket,
} from '../../../src/decorators/consumers.js';
import { Post } from '../../../src/decorators/routes.js';
import { isCloudWatchLogs } from '../../../src/events/cloudwatch-logs.js';
import { isCognitoTrigger } from '../../../src/events/cognito.js';
import { events } from '../../../src/testing/events.js';
import { type Source, SOURCES } from '../create-app.js';
import { RECORD_SOURCES } from '../record-sources.js';

/** A source of events of any kind, as a method meets it. */
export interface EventSource {
  /** What `context.getType()` says. */
  readonly type: string;
  /** Has a method take the source's events. */
  readonly on: (options?: ConsumerOptions) => MethodDecorator;
  /** An event with that many records; one, where a source sends one thing at a time. */
  readonly event: (records: number) => object;
  readonly batches: boolean;
  /** Whether an `HttpException` is the answer, rather than a failure. */
  readonly answersExceptions: boolean;
}

const contents = (records: number): object[] => Array.from({ length: records }, (_, n) => ({ n }));

function httpSource(source: Source): EventSource {
  return {
    type: 'http',
    on: () => Post('/', { status: 200 }),
    event: () => events[source]({ method: 'POST', url: '/', payload: { n: 0 } }),
    batches: false,
    answersExceptions: true,
  };
}

function single(type: string, decorator: MethodDecorator, event: () => object): EventSource {
  return { type, on: () => decorator, event, batches: false, answersExceptions: type === 'websocket' };
}

const whole = (name: string) => (event: unknown) => (event as { task?: unknown } | null)?.task === name;

/** Every source there is, in every form in which its events come. */
export const EVENT_SOURCES: Readonly<Record<string, EventSource>> = {
  ...Object.fromEntries(SOURCES.map((source) => [source, httpSource(source)])),
  ...Object.fromEntries(
    Object.entries(RECORD_SOURCES).map(([name, { type, On, event }]) => [
      name,
      { type, on: On, event: (records: number) => event(contents(records)), batches: true, answersExceptions: false },
    ]),
  ),
  eventBridge: single('eventbridge', OnEventBridge(), () =>
    events.eventBridge({ source: 'shop', detailType: 'Placed', detail: { n: 0 } }),
  ),
  alarm: single('alarm', OnAlarm(), () => events.alarm()),
  firehose: {
    type: 'firehose',
    on: ({ concurrency } = {}) => OnFirehose('clicks', concurrency === undefined ? {} : { concurrency }),
    event: (records) => events.firehose('clicks', contents(records)),
    batches: false,
    answersExceptions: true,
  },
  schedule: single('schedule', OnSchedule(), () => events.schedule()),
  s3: {
    type: 's3',
    on: (options) => OnS3({}, options),
    event: (records) => events.s3(...contents(records).map((_, n) => ({ key: `key-${n}` }))),
    batches: true,
    answersExceptions: false,
  },
  's3 through EventBridge': single('s3', OnS3(), () => events.s3EventBridge()),
  webSocket: single('websocket', OnWebSocket('$default'), () =>
    events.webSocket({ route: '$default', body: { n: 0 } }),
  ),
  'webSocket ($connect)': single('websocket', OnWebSocket('$connect'), () => events.webSocket({ route: '$connect' })),
  'authorizer (token)': single('authorizer', OnAuthorize(), () => events.authorizerToken()),
  'authorizer (request)': single('authorizer', OnAuthorize(), () => events.authorizerRequest()),
  'authorizer (HTTP API)': single('authorizer', OnAuthorize(), () => events.authorizerV2()),
  'authorizer (AppSync)': single('authorizer', OnAuthorize(), () => events.authorizerAppSync()),
  direct: single('event', OnEvent(whole('price')), () => ({ task: 'price', n: 0 })),
  cognito: single('event', OnEvent(isCognitoTrigger()), () => events.cognito('PreSignUp')),
  cloudWatchLogs: single('event', OnEvent(isCloudWatchLogs), () =>
    events.cloudWatchLogs('/aws/lambda/orders', ['A line']),
  ),
};

/** Each source, record by record and, where it delivers several, as a batch. */
export const WAYS: readonly (readonly [name: string, source: EventSource, batch: boolean])[] = Object.entries(
  EVENT_SOURCES,
).flatMap(([name, source]) => [
  [name, source, false] as const,
  ...(source.batches ? [[`${name}, a batch at once`, source, true] as const] : []),
]);
