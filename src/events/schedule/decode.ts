import type { SourceRecord } from '../../contracts/record-adapter.js';
import { asString } from '../as-string.js';
import { eventBridgeRecord } from '../eventbridge/decode.js';
import type { ScheduledEvent } from './detect.js';

export function decodeSchedule(event: ScheduledEvent): SourceRecord[] {
  return [eventBridgeRecord(event, { rule: ruleOf(event) })];
}

/** The name at the end of `…:rule/nightly` or, for EventBridge Scheduler, of `…:schedule/group/nightly`. */
function ruleOf({ resources }: ScheduledEvent): string {
  const arn: unknown = Array.isArray(resources) ? resources[0] : undefined;
  return asString(arn)?.split('/').at(-1) ?? '';
}
