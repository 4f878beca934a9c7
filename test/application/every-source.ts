import {
  OnAlarm,
  OnAuthorize,
  OnEvent,
  OnEventBridge,
  OnFirehose,
  OnS3,
  OnSchedule,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { All } from '../../src/decorators/routes.js';
import { events } from '../../src/testing/events.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { SOURCES } from './create-app.js';
import { RECORD_SOURCES } from './record-sources.js';

/** A way into an application: a method that takes what comes by it, and an event. */
export interface WayIn {
  readonly name: string;
  readonly kind: 'http' | 'record';
  /** What `context.getType()` says. */
  readonly type: string;
  readonly decorator: MethodDecorator;
  event(): object;
}

const requests = SOURCES.map((source): WayIn => {
  const event = () => httpEvents[source]({ method: 'POST', url: '/', payload: { n: 1 } });
  return { name: source, kind: 'http', type: 'http', decorator: All(), event };
});

const records = Object.entries(RECORD_SOURCES).flatMap(([name, { type, On, event }]): WayIn[] => [
  { name, kind: 'record', type, decorator: On(), event: () => event([{ n: 1 }]) },
  {
    name: `${name}, as a batch`,
    kind: 'record',
    type,
    decorator: On({ batch: true }),
    event: () => event([{ n: 1 }, { n: 2 }]),
  },
]);

const way = (name: string, type: string, decorator: MethodDecorator, event: () => object): WayIn => ({
  name,
  kind: 'record',
  type,
  decorator,
  event,
});

const others: readonly WayIn[] = [
  way('eventBridge', 'eventbridge', OnEventBridge(), () => events.eventBridge()),
  way('schedule', 'schedule', OnSchedule(), () => events.schedule()),
  way('alarm', 'alarm', OnAlarm(), () => events.alarm()),
  way('firehose', 'firehose', OnFirehose(), () => events.firehose('clicks', [{ n: 1 }])),
  way('s3', 's3', OnS3(), () => events.s3({})),
  way('webSocket', 'websocket', OnWebSocket('$connect'), () => events.webSocket({ route: '$connect' })),
  way('an authorizer by token', 'authorizer', OnAuthorize(), () => events.authorizerToken()),
  way('an authorizer in format 2.0', 'authorizer', OnAuthorize(), () => events.authorizerV2()),
  way(
    'a direct invocation',
    'event',
    OnEvent(() => true),
    () => ({ task: 'direct' }),
  ),
];

/** Every way into an application that there is. */
export const WAYS_IN: readonly WayIn[] = [...requests, ...records, ...others];
