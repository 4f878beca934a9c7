import type { EventBridgeEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { asString } from '../shared/json-values.js';
import { detectEventBridge, eventBridgeRecord } from './eventbridge.js';
import { rejectFailures } from './outcomes.js';

/** Schedules: rules of EventBridge, and EventBridge Scheduler. */
export const schedule: RecordAdapter<ScheduledEvent> = {
  source: 'schedule',
  batches: false,
  detect: detectSchedule,
  decode: decodeSchedule,
  encode: rejectFailures,
};

/** An invocation by a rule with a schedule, or by EventBridge Scheduler without an input of its own. */
export type ScheduledEvent = EventBridgeEvent<'Scheduled Event', unknown>;

function detectSchedule(event: unknown): event is ScheduledEvent {
  return detectEventBridge(event) && event['detail-type'] === 'Scheduled Event' && SERVICES.has(event.source);
}

const SERVICES: ReadonlySet<string> = new Set(['aws.events', 'aws.scheduler']);

function decodeSchedule(event: ScheduledEvent): SourceRecord[] {
  return [eventBridgeRecord(event, { rule: ruleOf(event) })];
}

/** The name at the end of `…:rule/nightly` or, for EventBridge Scheduler, of `…:schedule/group/nightly`. */
function ruleOf({ resources }: ScheduledEvent): string {
  const arn: unknown = Array.isArray(resources) ? resources[0] : undefined;
  return asString(arn)?.split('/').at(-1) ?? '';
}
