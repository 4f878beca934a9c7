import { IsInt, IsString } from 'class-validator';
import { OnEventBridge, OnSchedule } from '../../src/decorators/consumers.js';
import { Body, RequestId } from '../../src/decorators/parameters.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

const placed = { source: 'com.example.shop', detailType: 'Order Placed' };

describeInvocationSource({
  name: 'EventBridge',
  source: 'eventbridge',
  decorator: OnEventBridge(placed),
  elsewhere: OnEventBridge({ source: 'com.example.billing' }),
  event: () => events.eventBridge({ ...placed, detail: { id: 7 } }),
  body: { id: 7 },
  nothing: undefined,
});

describe('consumers of EventBridge', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  class Order {
    @IsInt() id!: number;
    @IsString() customer!: string;
  }

  class Consumer {
    readonly taken: unknown[] = [];
    @OnEventBridge() any() {
      this.taken.push('any');
    }
    @OnEventBridge({ source: 'com.example.*' }) ours() {
      this.taken.push('ours');
    }
    @OnEventBridge(placed) placed(@Body() order: Order, @RequestId() id: string) {
      this.taken.push(order, id);
    }
  }

  function app() {
    return createApp({ controllers: [Consumer] });
  }

  it.each([
    [{ source: 'com.example.shop', detailType: 'Order Cancelled' }, 'ours'],
    [{ source: 'com.examples', detailType: 'Order Placed' }, 'any'],
    [{ source: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' }, 'any'],
  ])('are chosen by source and detail type, the most specific one: %j', async (sample, taker) => {
    const running = app();
    await invoke(running, events.eventBridge(sample));
    expect((await running.resolve(Consumer)).taken).toEqual([taker]);
  });

  it('are given the detail as an instance of their class', async () => {
    const running = app();
    const event = events.eventBridge({ ...placed, detail: { id: 7, customer: 'Ada' } });
    await invoke(running, event);
    const { taken } = await running.resolve(Consumer);
    expect(taken[0]).toBeInstanceOf(Order);
    expect(taken).toEqual([{ id: 7, customer: 'Ada' }, event.id]);
  });

  it('fail on a detail that is not valid, so that EventBridge tries again and then gives it up to its queue', async () => {
    const outcome = invoke(app(), events.eventBridge({ ...placed, detail: { id: '7' } }));
    await expect(outcome).rejects.toMatchObject({ statusCode: 422 });
  });

  it('take a schedule when no consumer of schedules does', async () => {
    const handle = jest.fn();
    await invoke(consumerApp(OnEventBridge({ source: 'aws.events' }), handle), events.schedule());
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('take a schedule that the consumers of schedules leave', async () => {
    const taken: string[] = [];
    class Both {
      @OnSchedule('nightly') nightly() {
        taken.push('nightly');
      }
      @OnEventBridge() rest() {
        taken.push('rest');
      }
    }
    const running = createApp({ controllers: [Both] });
    await invoke(running, events.schedule({ rule: 'nightly' }));
    await invoke(running, events.schedule({ rule: 'hourly' }));
    expect(taken).toEqual(['nightly', 'rest']);
  });
});
