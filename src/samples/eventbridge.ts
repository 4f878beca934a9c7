import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';
import type { ScheduledEvent } from '../events/schedule.js';

export interface EventBridgeSample {
  /** Default: `com.example.shop`. */
  source?: string;
  /** Default: `Order Placed`. */
  detailType?: string;
  detail?: unknown;
  /** ARNs of the resources that the event is about. */
  resources?: readonly string[];
  /** The time of the event: a date, or a text in ISO 8601. Default: now. */
  time?: string | Date;
}

/** Builds the event of a rule on an event bus. */
export function sampleEventBridge(sample: EventBridgeSample = {}): EventBridgeEvent<string, unknown> {
  const {
    source = 'com.example.shop',
    detailType = 'Order Placed',
    detail = {},
    resources = [],
    time = new Date(),
  } = sample;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: typeof time === 'string' ? time : secondsOf(time),
    region: 'us-east-1',
    resources: [...resources],
    detail,
  };
}

/** Returns a time in EventBridge's format, without milliseconds. */
function secondsOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export interface ScheduleSample {
  /** The name of the rule or of the schedule. Default: `nightly`. */
  rule?: string;
  /** Whether EventBridge Scheduler sends the event, with its default payload, rather than a rule. */
  scheduler?: boolean;
  /** The `input` that `@OnSchedule` declares, which EventBridge Scheduler sends as the detail. */
  input?: unknown;
  /** The time at which the schedule is due: a date, or a text in ISO 8601. Default: now. */
  time?: string | Date;
}

/** Builds the event of a schedule. EventBridge Scheduler sends its empty detail as text. */
export function sampleSchedule(sample: ScheduleSample = {}): ScheduledEvent {
  const { rule = 'nightly', input, scheduler = input !== undefined, time = new Date() } = sample;
  const arn = scheduler
    ? `arn:aws:scheduler:us-east-1:123456789012:schedule/default/${rule}`
    : `arn:aws:events:us-east-1:123456789012:rule/${rule}`;
  const source = scheduler ? 'aws.scheduler' : 'aws.events';
  const event = sampleEventBridge({
    source,
    detailType: 'Scheduled Event',
    detail: input ?? (scheduler ? '{}' : {}),
    resources: [arn],
    time,
  });
  return { ...event, 'detail-type': 'Scheduled Event' };
}
