import type { Schedule } from '../shared/schedule.js';
import type { DeployedConsumer, Subscription } from './subscription.js';

/** Returns the schedule that a subscription's consumer declares; `undefined` for one that is defined elsewhere. */
export function scheduleOf({ source, consumers }: Subscription): Schedule | undefined {
  return source === 'schedule'
    ? consumers.find(({ schedule }: DeployedConsumer) => schedule !== undefined)?.schedule
    : undefined;
}

/**
 * Returns the `Input` of a schedule, or `undefined` if it has none: Scheduler then sends an event of this shape by
 * itself. The words between angle brackets are Scheduler's context attributes, so that the event says which schedule it
 * is and when it was due.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduleInput({ input }: Pick<Schedule, 'input'>): string | undefined {
  if (input === undefined) return undefined;
  return JSON.stringify({
    version: '0',
    id: '<aws.scheduler.execution-id>',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    time: '<aws.scheduler.scheduled-time>',
    resources: ['<aws.scheduler.schedule-arn>'],
    detail: input,
  });
}
