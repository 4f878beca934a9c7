import type { CloudWatchAlarmEvent } from 'aws-lambda';

export const ALARM_STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const;

type AlarmState = (typeof ALARM_STATES)[number];

export interface AlarmSample {
  /** The name of the alarm. Default: `orders-errors`. */
  name?: string;
  /** The state that the alarm goes into. Default: `ALARM`. */
  state?: AlarmState;
  /** The state that it was in. Default: `OK`, or `ALARM` if the new one is `OK`. */
  previousState?: AlarmState;
  /** Default: a text about a threshold. */
  reason?: string;
}

/** Builds the event of an alarm on a metric that changes its state. */
export function sampleAlarm(sample: AlarmSample = {}): CloudWatchAlarmEvent {
  const { name = 'orders-errors', state = 'ALARM', reason = 'Threshold Crossed: 1 datapoint was 3.0' } = sample;
  const { previousState = state === 'OK' ? 'ALARM' : 'OK' } = sample;
  const time = timeOf(new Date());
  return {
    source: 'aws.cloudwatch',
    alarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
    accountId: '123456789012',
    time,
    region: 'us-east-1',
    alarmData: {
      alarmName: name,
      state: { value: state, reason, timestamp: time },
      previousState: { value: previousState, reason: 'No datapoint was over the threshold', timestamp: time },
      configuration: { description: 'Errors of the function', metrics: [metric()] },
    },
  };
}

function metric(): Extract<
  CloudWatchAlarmEvent['alarmData']['configuration'],
  { metrics: unknown }
>['metrics'][number] {
  return {
    id: '6f4d1f0e-2f1c-4b7a-9a55-3d5f1b7c1100',
    metricStat: {
      metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'orders' } },
      period: 60,
      stat: 'Sum',
    },
    returnData: true,
  };
}

/** Returns a time in the format of CloudWatch, whose offset has no colon. */
function timeOf(date: Date): string {
  return date.toISOString().replace('Z', '+0000');
}
