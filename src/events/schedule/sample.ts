import { sampleEventBridge } from '../eventbridge/sample.js';
import type { ScheduledEvent } from './detect.js';

export interface ScheduleSample {
  /** The name of the rule or of the schedule; `nightly` unless given. */
  rule?: string;
  /** Sent by EventBridge Scheduler, with its default payload, rather than by a rule. */
  scheduler?: boolean;
}

/** The event of a schedule. EventBridge Scheduler sends its empty detail as text. */
export function sampleSchedule({ rule = 'nightly', scheduler = false }: ScheduleSample = {}): ScheduledEvent {
  const arn = scheduler ? `arn:aws:scheduler:us-east-1:123456789012:schedule/default/${rule}` : `arn:aws:events:us-east-1:123456789012:rule/${rule}`;
  const source = scheduler ? 'aws.scheduler' : 'aws.events';
  const event = sampleEventBridge({ source, detailType: 'Scheduled Event', detail: scheduler ? '{}' : {}, resources: [arn] });
  return { ...event, 'detail-type': 'Scheduled Event' };
}
