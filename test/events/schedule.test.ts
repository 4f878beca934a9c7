import { OnEvent, OnSchedule } from '../../src/decorators/consumers.js';
import { events } from '../../src/testing/events.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

for (const scheduler of [false, true]) {
  describeInvocationSource({
    name: scheduler ? 'EventBridge Scheduler' : 'rules with a schedule',
    source: 'schedule',
    decorator: OnSchedule('nightly'),
    elsewhere: OnSchedule('hourly'),
    event: () => events.schedule({ scheduler }),
    body: {},
    nothing: undefined,
  });
}

describe('consumers of schedules', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  it('take every rule when they name none', async () => {
    const handle = jest.fn();
    const app = consumerApp(OnSchedule(), handle);
    await invoke(app, events.schedule({ rule: 'a' }));
    await invoke(app, events.schedule({ rule: 'b', scheduler: true }));
    expect(handle).toHaveBeenCalledTimes(2);
  });

  it('know the name of a rule on a bus of its own', async () => {
    const handle = jest.fn();
    const event = { ...events.schedule(), resources: ['arn:aws:events:eu-central-1:123456789012:rule/shop/nightly'] };
    await invoke(consumerApp(OnSchedule('nightly'), handle), event);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it.each([[[]], [null], ['x'], [[null]], [[7]]])(
    'take a schedule without a rule, resources being %j, when they name none',
    async (resources) => {
      const handle = jest.fn();
      await invoke(consumerApp(OnSchedule(), handle), { ...events.schedule(), resources });
      expect(handle).toHaveBeenCalledTimes(1);
    },
  );

  it("leave a schedule's own input to @OnEvent", async () => {
    const input = { job: 'report' };
    const handle = jest.fn<unknown, [unknown]>();
    await invoke(
      consumerApp(
        OnEvent((event) => (event as { job?: unknown }).job === 'report'),
        handle,
      ),
      input,
    );
    expect(handle.mock.calls[0]![0]).toEqual(input);
    await expect(invoke(consumerApp(OnSchedule(), handle), input)).rejects.toThrow(
      'No consumer takes this event: an object with job (',
    );
  });

  it('take no event of another service that calls itself scheduled', async () => {
    const event = events.eventBridge({ source: 'com.example', detailType: 'Scheduled Event' });
    await expect(
      invoke(
        consumerApp(OnSchedule(), () => true),
        event,
      ),
    ).rejects.toThrow('No consumer takes this eventbridge record');
  });
});
