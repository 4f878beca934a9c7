import type { EventBridgeEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asList, asString } from '../shared/json-values.js';
import { detectEventBridge, eventBridgeRecord } from './eventbridge.js';
import { rejectFailures } from './results/batch-item-failures.js';

/** Schedules of EventBridge rules and of EventBridge Scheduler. */
export const schedule: RecordAdapter<ScheduledEvent> = {
  source: 'schedule',
  batches: false,
  detect: detectSchedule,
  decode: decodeSchedule,
  encode: rejectFailures,
};

/** The event of a rule with a schedule, or of EventBridge Scheduler with its default input. */
export type ScheduledEvent = EventBridgeEvent<'Scheduled Event', unknown>;

function detectSchedule(event: unknown): event is ScheduledEvent {
  return detectEventBridge(event) && event['detail-type'] === 'Scheduled Event' && SERVICES.has(event.source);
}

const SERVICES: ReadonlySet<string> = new Set(['aws.events', 'aws.scheduler']);

function decodeSchedule(event: ScheduledEvent): SourceRecord[] {
  return [eventBridgeRecord(event, { rule: ruleOf(event) })];
}

/** Returns the name at the end of `…:rule/nightly`, or of EventBridge Scheduler's `…:schedule/group/nightly`. */
function ruleOf({ resources }: ScheduledEvent): string {
  return asString(asList(resources)[0])?.split('/').at(-1) ?? '';
}
