import { IsString } from 'class-validator';
import fc from 'fast-check';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnSchedule } from '../../src/decorators/consumers.js';
import { Module } from '../../src/decorators/module.js';
import { Body } from '../../src/decorators/parameters.js';
import { refuseContradictions } from '../../src/deployment/refuse-contradictions.js';
import type { ScheduleOptions } from '../../src/shared/schedule.js';
import { events } from '../../src/testing/events.js';
import { consumerApp, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

/** What the description says of a method with a schedule. */
function described(options: unknown) {
  class Job {
    @OnSchedule(options as ScheduleOptions) run() {}
  }
  @Module({ providers: [Job] })
  class AppModule {}
  const description = LambdaApplication.describe(AppModule);
  refuseContradictions(description);
  const [consumer] = description.consumers;
  return { ...consumer!.schedule, name: consumer!.criteria['rule'] };
}

const mistakeIn = (options: unknown): string => {
  try {
    described(options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${JSON.stringify(options)} was taken`);
};

describe('a schedule that a decorator declares', () => {
  it('is described as EventBridge Scheduler takes it, and named after its method', () => {
    expect(described({ cron: '0 3 * * ? *', timezone: 'Europe/Berlin' })).toEqual({
      expression: 'cron(0 3 * * ? *)',
      timezone: 'Europe/Berlin',
      input: undefined,
      name: 'Job.run',
    });
    expect(described({ rate: '1 hour', name: 'hourly-*', input: { all: true } })).toEqual({
      expression: 'rate(1 hour)',
      timezone: undefined,
      input: { all: true },
      name: 'hourly-*',
    });
  });

  it.each([
    [{ cron: '0 3 * * ? *' }, 'Consumer.take'],
    [{ cron: '0 3 * * ? *', name: 'nightly' }, 'nightly'],
    [{ rate: '10 minutes', name: 'nightly-*' }, 'nightly-production'],
  ] as const)('%j runs the method for its own events only', async (options, rule) => {
    const handle = jest.fn();
    const app = consumerApp(OnSchedule(options), handle);
    await invoke(app, events.schedule({ rule, scheduler: true }));
    expect(handle).toHaveBeenCalledTimes(1);
    await expect(invoke(app, events.schedule({ rule: 'other' }))).rejects.toThrow(
      `No consumer takes this schedule record`,
    );
  });

  it('hands over its input, validated', async () => {
    class Report {
      @IsString() month!: string;
    }
    const seen: Report[] = [];
    class Job {
      @OnSchedule({ rate: '1 day', name: 'monthly', input: { month: 'last' } })
      run(@Body() report: Report) {
        seen.push(report);
      }
    }
    const app = createApp({ providers: [Job] });
    await invoke(app, events.schedule({ rule: 'monthly', input: { month: 'last' } }));
    expect(seen).toEqual([{ month: 'last' }]);
    await expect(invoke(app, events.schedule({ rule: 'monthly', input: { month: 1 } }))).rejects.toThrow(
      'body.month: month must be a string',
    );
  });

  it('may be one of several of a method', async () => {
    const seen: unknown[] = [];
    class Job {
      @OnSchedule({ cron: '0 8 ? * MON-FRI *', name: 'workdays', input: 'short' })
      @OnSchedule({ cron: '0 10 ? * SUN *', name: 'sundays', input: 'long' })
      run(@Body() kind: string) {
        seen.push(kind);
      }
    }
    const app = createApp({ providers: [Job] });
    await invoke(app, events.schedule({ rule: 'sundays', input: 'long' }));
    await invoke(app, events.schedule({ rule: 'workdays', input: 'short' }));
    expect(seen).toEqual(['long', 'short']);
  });

  it('cannot be declared twice under one name', async () => {
    class Job {
      @OnSchedule({ rate: '1 day' })
      @OnSchedule({ rate: '1 hour' })
      run() {}
    }
    await expect(createApp({ providers: [Job] }).ready()).rejects.toThrow(
      'both consume schedule records of rule "Job.run"',
    );
  });
});

const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join());

const field = (least: number, most: number, names: readonly string[] = []) => {
  const value = fc.oneof(fc.integer({ min: least, max: most }).map(String), ...names.map((name) => fc.constant(name)));
  return list(
    fc.oneof(
      fc.constant('*'),
      value,
      fc.tuple(value, value).map((ends) => ends.join('-')),
    ),
  );
};

describe('a cron expression', () => {
  it.each([
    '0 3 * * ? *',
    '*/5 8-17 ? * MON-FRI *',
    '0/15 * ? JAN,JUL 2,4,6 2026-2030',
    '15 10 L * ? *',
    '15 10 L-3 2 ? *',
    '15 10 LW * ? *',
    '0 0 15W 1/3 ? 2027/2',
    '0 18 ? * 6L *',
    '0 18 ? * FRIL *',
    '0 18 ? * L *',
    '0 9 ? * TUE#2 *',
    '5-30/5 0,12 1,15 * ? *',
    '0 0 ? * FRI-MON 1970-2199',
  ])('%s is taken', (cron) => {
    expect(described({ cron }).expression).toBe(`cron(${cron})`);
  });

  it.each([
    [
      '0 3 * * *',
      'cron is "0 3 * * *"; it takes six fields, minutes hours day-of-month month day-of-week year, as in "0 3 * * ? *". For Unix\'s five, write "0 3 * * ? *".',
    ],
    ['30 4 * * 1-5', 'For Unix\'s five, write "30 4 ? * MON-FRI *"'],
    ['30 4 * * 0,7', 'write "30 4 ? * SUN,SUN *"'],
    ['30 4 1 * *', 'write "30 4 1 * ? *"'],
    ['@daily', 'it takes six fields'],
    ['0 0 3 * * ? *', 'it takes six fields'],
    ['', 'it takes six fields'],
    ['0  3 * * ? *', 'it takes six fields'],
    ['cron(0 3 * * ? *)', 'omit the "cron(" and ")" around the fields'],
    ['rate(5 minutes)', 'an interval is the option rate, as in rate: "10 minutes"'],
    ['0 3 * * * *', 'it has both a day of month and a day of week. Exactly one of the two is "?"'],
    ['0 3 1 * MON *', 'it has both a day of month and a day of week'],
    ['0 3 ? * ? *', 'both days are "?"'],
    ['60 3 * * ? *', 'the minutes is "60"; it takes 0 to 59, with , - * /'],
    ['0 24 * * ? *', 'the hours is "24"; it takes 0 to 23'],
    ['0 3 0 * ? *', 'the day of month is "0"; it takes 1 to 31, with , - * / ? L W'],
    ['0 3 32W * ? *', 'the day of month is "32W"'],
    ['0 3 * 13 ? *', 'the month is "13"; it takes 1 to 12 or JAN to DEC'],
    ['0 3 * jan ? *', 'the month is "jan"; it takes 1 to 12 or JAN to DEC, with , - * /. Names are upper-case'],
    ['0 3 ? * 0 *', 'the day of week is "0"; it takes 1 to 7 or SUN to SAT, with , - * ? L #'],
    ['0 3 ? * MON#6 *', 'the day of week is "MON#6"'],
    ['0 3 ? * MON/2 *', 'the day of week is "MON/2"'],
    ['0 3 ? * MON#1,TUE#2 *', 'the day of week is "MON#1,TUE#2"'],
    ['0 3 * * ? 1969', 'the year is "1969"; it takes 1970 to 2199'],
    ['1-2-3 3 * * ? *', 'the minutes is "1-2-3"'],
    ['*/0 3 * * ? *', 'the minutes is "*/0"'],
    ['0/5/5 3 * * ? *', 'the minutes is "0/5/5"'],
    ['0, 3 * * ? *', 'the minutes is "0,"'],
    ['? 3 * * ? *', 'the minutes is "?"'],
    ['-1 3 * * ? *', 'the minutes is "-1"'],
    ['0 3 * * ? *)', 'the year is "*)"'],
  ])('%j is refused with advice', (cron, advice) => {
    expect(mistakeIn({ cron })).toContain(advice);
    expect(mistakeIn({ cron })).toMatch(/^Job\.run: @OnSchedule: cron is ".*\.$/);
  });

  it('is taken in every combination of what its fields take', () => {
    const days = fc.oneof(
      field(1, 31).map((day) => [day, '?']),
      field(1, 7, ['SUN', 'SAT']).map((day) => ['?', day]),
    );
    const cron = fc
      .tuple(field(0, 59), field(0, 23), days, field(1, 12, ['JAN', 'DEC']), field(1970, 2199))
      .map(([minutes, hours, [day, weekday], month, year]) => [minutes, hours, day, month, weekday, year].join(' '));
    fc.assert(fc.property(cron, (given) => described({ cron: given }).expression === `cron(${given})`));
  });

  it('of any text is taken or refused, never more than that', () => {
    const signs = fc.constantFrom(...'0123456789*?/-,LW# ', 'MON', 'JAN');
    const texts = fc.array(signs, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (cron) => {
        try {
          return described({ cron }).expression!.startsWith('cron(');
        } catch (error) {
          return (error as Error).message.startsWith('Job.run: @OnSchedule: cron is ');
        }
      }),
    );
  });
});

describe('other mistakes in a schedule', () => {
  it.each([
    [{}, 'neither cron nor rate is set; say when it runs'],
    [{ cron: undefined }, 'neither cron nor rate is set'],
    [{ cron: '0 3 * * ? *', rate: '1 day' }, 'it has both cron and rate'],
    [{ corn: '0 3 * * ? *' }, 'corn'],
    [{ cron: 5 }, 'cron is 5; it takes six fields'],
    [{ rate: 5 }, 'rate is 5; it takes a whole number and minutes, hours or days'],
    [{ rate: '5' }, 'rate is "5"; it takes a whole number and minutes, hours or days, as in "10 minutes" or "1 hour"'],
    [{ rate: 'rate(5 minutes)' }, 'rate is "rate(5 minutes)"; it takes'],
    [{ rate: '1.5 hours' }, 'it takes a whole number'],
    [{ rate: '0 minutes' }, 'it takes a whole number'],
    [{ rate: '30 seconds' }, 'it takes a whole number and minutes, hours or days'],
    [{ rate: '1 minutes' }, 'rate is "1 minutes"; write "1 minute"'],
    [{ rate: '5 hour' }, 'rate is "5 hour"; write "5 hours"'],
    [
      { rate: '1 day', timezone: 'Europe/Berlin' },
      'an interval is the same in every time zone; remove timezone, or use cron',
    ],
    [{ cron: '0 3 * * ? *', timezone: 'Berlin' }, 'timezone is "Berlin"; it takes the IANA name of a time zone'],
    [{ cron: '0 3 * * ? *', timezone: '+02:00' }, 'it takes the IANA name of a time zone'],
    [{ cron: '0 3 * * ? *', timezone: 'europe/berlin' }, 'timezone is "europe/berlin"; write "Europe/Berlin"'],
    [{ cron: '0 3 * * ? *', timezone: 2 }, 'timezone is 2; it takes the IANA name'],
    [{ rate: '1 day', name: 'every night' }, 'the name is "every night"; names of schedules have up to 64 letters'],
    [{ rate: '1 day', name: '*' }, 'the name is "*"'],
    [{ rate: '1 day', name: 'a*b' }, 'the name is "a*b"'],
    [{ rate: '1 day', name: 'a'.repeat(65) }, 'names of schedules have up to 64'],
    [
      { rate: '1 day', name: undefined },
      'the name is undefined. Omit it for "Job.run"; if it comes from an environment',
    ],
    [{ rate: '1 day', name: 5 }, 'the name is 5'],
    [{ rate: '1 day', input: () => 1 }, 'the input is a function that JSON cannot express'],
    [{ rate: '1 day', input: { at: new Date() } }, 'the input is an object that JSON cannot express'],
    [{ rate: '1 day', via: { sqs: 'jobs' } }, 'via'],
  ])('%j is refused', (options, message) => {
    expect(mistakeIn(options)).toContain(message);
    expect(mistakeIn(options)).toMatch(/^Job\.run: /);
  });

  it('fails the bootstrap', async () => {
    await expect(consumerApp(OnSchedule({ cron: '0 3 * * *' }), () => 1).ready()).rejects.toThrow(
      'Consumer.take: @OnSchedule: cron is "0 3 * * *"',
    );
  });

  it('may be options beside it, as of a rule', async () => {
    const decorate = OnSchedule as (...given: unknown[]) => MethodDecorator;
    const app = consumerApp(decorate({ rate: '1 day' }, { via: { sqs: 'jobs' } }), () => 1);
    await expect(app.ready()).rejects.toThrow('@OnSchedule({ … }) takes no other options. With via, name the rule');
  });

  it('may be a method that cannot name a schedule', async () => {
    class Größe {
      @OnSchedule({ rate: '1 day' }) messen() {}
    }
    await expect(createApp({ providers: [Größe] }).ready()).rejects.toThrow(
      'it needs a name, because "Größe.messen" cannot be one',
    );
  });
});
