import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';
import type { ScheduledEvent } from '../events/schedule.js';

export interface EventBridgeSample {
  /** `com.example.shop` unless given. */
  source?: string;
  /** `Order Placed` unless given. */
  detailType?: string;
  detail?: unknown;
  /** ARNs of what the event is about. */
  resources?: readonly string[];
}

/** An event as a rule of a bus sends it. */
export function sampleEventBridge(sample: EventBridgeSample = {}): EventBridgeEvent<string, unknown> {
  const { source = 'com.example.shop', detailType = 'Order Placed', detail = {}, resources = [] } = sample;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: secondsOf(new Date()),
    region: 'us-east-1',
    resources: [...resources],
    detail,
  };
}

/** EventBridge's form of a time, without milliseconds. */
function secondsOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export interface ScheduleSample {
  /** The name of the rule or of the schedule; `nightly` unless given. */
  rule?: string;
  /** Sent by EventBridge Scheduler, with its default payload, rather than by a rule. */
  scheduler?: boolean;
}

/** The event of a schedule. EventBridge Scheduler sends its empty detail as text. */
export function sampleSchedule({ rule = 'nightly', scheduler = false }: ScheduleSample = {}): ScheduledEvent {
  const arn = scheduler
    ? `arn:aws:scheduler:us-east-1:123456789012:schedule/default/${rule}`
    : `arn:aws:events:us-east-1:123456789012:rule/${rule}`;
  const source = scheduler ? 'aws.scheduler' : 'aws.events';
  const event = sampleEventBridge({
    source,
    detailType: 'Scheduled Event',
    detail: scheduler ? '{}' : {},
    resources: [arn],
  });
  return { ...event, 'detail-type': 'Scheduled Event' };
}
