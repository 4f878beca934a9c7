// Compiled by `npm run types`, never run.
import { OnSchedule } from '../../src/decorators/consumers.js';

export class Jobs {
  @OnSchedule()
  @OnSchedule('nightly')
  @OnSchedule('nightly', { via: { sqs: 'jobs' } })
  @OnSchedule({ cron: '0 3 * * ? *' })
  @OnSchedule({ cron: '0 3 * * ? *', timezone: 'Europe/Berlin', name: 'nightly', input: { all: true } })
  @OnSchedule({ rate: '1 hour' })
  @OnSchedule({ rate: '10 minutes', name: 'often-*', input: ['a'] })
  run(): void {}
}

// @ts-expect-error: one of the two says when it runs
OnSchedule({ cron: '0 3 * * ? *', rate: '1 hour' });
// @ts-expect-error: neither does
OnSchedule({});
// @ts-expect-error: neither does
OnSchedule({ name: 'nightly' });
// @ts-expect-error: an interval has no time zone
OnSchedule({ rate: '1 hour', timezone: 'Europe/Berlin' });
// @ts-expect-error: the unit of 1 is singular
OnSchedule({ rate: '1 hou' });
// @ts-expect-error: an interval has a unit
OnSchedule({ rate: '10' });
// @ts-expect-error: Scheduler counts no seconds
OnSchedule({ rate: '10 seconds' });
// @ts-expect-error: Scheduler invokes the function itself
OnSchedule({ rate: '1 hour', via: { sqs: 'jobs' } });
// @ts-expect-error: the object is all there is
OnSchedule({ rate: '1 hour' }, { via: { sqs: 'jobs' } });
