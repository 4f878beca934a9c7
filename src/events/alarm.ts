import type { CloudWatchAlarmEvent } from 'aws-lambda';
import type { RecordAdapter, SourceRecord } from '../contracts/event-adapter.js';
import { isJsonObject } from '../shared/json-values.js';
import { rejectFailures } from './results/batch-item-failures.js';

/**
 * Actions of CloudWatch alarms that invoke the function. The event of an alarm's state change on an EventBridge bus is
 * another one, and belongs to `@OnEventBridge`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export const alarm: RecordAdapter<CloudWatchAlarmEvent> = {
  source: 'alarm',
  batches: false,
  detect: detectAlarm,
  decode: decodeAlarm,
  encode: rejectFailures,
};

function detectAlarm(event: unknown): event is CloudWatchAlarmEvent {
  return (
    isJsonObject(event) &&
    event['source'] === 'aws.cloudwatch' &&
    typeof event['alarmArn'] === 'string' &&
    'alarmData' in event
  );
}

/** Returns one record; its content is `alarmData`. Neither the event nor the alarm has an id of the state change. */
function decodeAlarm(event: CloudWatchAlarmEvent): SourceRecord[] {
  return [{ raw: event, id: '', attributes: { alarm: nameIn(event.alarmArn) }, content: () => event.alarmData }];
}

/** Returns the name at the end of `arn:aws:cloudwatch:<region>:<account>:alarm:<name>`, which may have colons. */
function nameIn(arn: string): string {
  const [, , , , , kind, ...name] = arn.split(':');
  return kind === 'alarm' ? name.join(':') : '';
}
