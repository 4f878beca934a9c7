/** An interval of EventBridge Scheduler, such as `10 minutes`. The unit of 1 is singular. */
export type Rate = '1 minute' | '1 hour' | '1 day' | `${number} ${'minutes' | 'hours' | 'days'}`;

interface DeclaredSchedule {
  /**
   * The name of the schedule in AWS, by which its events find the method: up to 64 letters, digits and `. - _`. Unique
   * in an account and region; `nightly-*` has the name of the stack at its end. Default: class and method, as in
   * `ReportJob.report`.
   */
  readonly name?: string;
  /** The `detail` of its events: any JSON value, which `@Body()` binds. Default: nothing. */
  readonly input?: unknown;
}

/** Declares a schedule of EventBridge Scheduler: when a method of `@OnSchedule` runs. */
export type ScheduleOptions = DeclaredSchedule &
  (
    | {
        /**
         * Six fields: minutes, hours, day of month, month, day of week, year. One of the two days is `?`: every day at
         * 3:00 is `0 3 * * ? *`.
         */
        readonly cron: string;
        readonly rate?: never;
        /** The time zone of `cron`, by its IANA name, such as `Europe/Berlin`. Default: UTC. */
        readonly timezone?: string;
      }
    | {
        /** The time between two runs, such as `10 minutes` or `1 hour`. */
        readonly rate: Rate;
        readonly cron?: never;
        readonly timezone?: never;
      }
  );

/** A declared schedule, checked, as AWS takes it. */
export interface Schedule {
  /** Such as `cron(0 3 * * ? *)` or `rate(10 minutes)`. */
  readonly expression: string;
  /** The time zone of a `cron` expression; `undefined` for UTC. */
  readonly timezone: string | undefined;
  /** The `detail` of its events; `undefined` for those without. */
  readonly input: unknown;
}

interface When {
  readonly expression: string;
  readonly timezone: string | null | undefined;
}

/** Describes when a schedule runs, as in `cron(0 3 * * ? *) Europe/Berlin`. */
export function whenOf({ expression, timezone }: When): string {
  return timezone ? `${expression} ${timezone}` : expression;
}
