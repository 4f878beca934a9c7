import type { EventBridgeEvent } from 'aws-lambda';
import { detectEventBridge } from '../eventbridge/detect.js';

/** An invocation by a rule with a schedule, or by EventBridge Scheduler without an input of its own. */
export type ScheduledEvent = EventBridgeEvent<'Scheduled Event', unknown>;

export function detectSchedule(event: unknown): event is ScheduledEvent {
  return detectEventBridge(event) && event['detail-type'] === 'Scheduled Event' && SERVICES.has(event.source);
}

const SERVICES: ReadonlySet<string> = new Set(['aws.events', 'aws.scheduler']);
