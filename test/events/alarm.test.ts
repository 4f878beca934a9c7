import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OnAlarm, OnEventBridge } from '../../src/decorators/consumers.js';
import { alarm } from '../../src/events/alarm.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import { events } from '../../src/testing/events.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

const ALARM = events.alarm({ name: 'orders: errors/5 min' });

describeInvocationSource({
  name: 'alarms of CloudWatch',
  source: 'alarm',
  decorator: OnAlarm('orders: errors/5 min'),
  elsewhere: OnAlarm('orders'),
  event: () => ALARM,
  body: JSON.parse(JSON.stringify(ALARM.alarmData)) as unknown,
  nothing: undefined,
});

describe('consumers of alarms', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  const STATE_CHANGE = events.eventBridge({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: { alarmName: 'orders-errors' },
    resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders-errors'],
  });

  it('take a pattern of names', async () => {
    const handle = jest.fn();
    await invoke(consumerApp(OnAlarm('orders-*'), handle), events.alarm({ name: 'orders-slow', state: 'OK' }));
    expect(handle.mock.calls[0]).toMatchObject([
      { state: { value: 'OK' }, previousState: { value: 'ALARM' } },
      { source: 'aws.cloudwatch' },
    ]);
  });

  it('take no state change that EventBridge delivers, nor the other way round', async () => {
    expect(detectRecordAdapters(STATE_CHANGE).map(({ source }) => source)).toEqual(['eventbridge']);
    await expect(invoke(consumerApp(OnAlarm(), jest.fn()), STATE_CHANGE)).rejects.toThrow('No consumer takes');
    await expect(invoke(consumerApp(OnEventBridge(), jest.fn()), events.alarm())).rejects.toThrow('No consumer takes');
  });

  it.each(['', 'arn:aws:sns:us-east-1:123456789012:alarms', 'arn:aws:cloudwatch:us-east-1:1:dashboard:x', 'x'])(
    'have no name for the ARN %j',
    (alarmArn) => expect(alarm.decode({ ...ALARM, alarmArn })[0]?.attributes).toEqual({ alarm: '' }),
  );

  const sample = join(__dirname, '../../../shared/events/aws-lambda-java-libs/cloudwatch_metric_alarm.json');
  (existsSync(sample) ? it : it.skip)("take AWS's own sample (skipped where ../shared/events is absent)", () => {
    const event = JSON.parse(readFileSync(sample, 'utf8')) as typeof ALARM;
    expect(detectRecordAdapters(event)).toEqual([alarm]);
    const [record] = alarm.decode(event);
    expect([record?.attributes, record?.content()]).toEqual([{ alarm: 'lambda-demo-metric-alarm' }, event.alarmData]);
  });
});
