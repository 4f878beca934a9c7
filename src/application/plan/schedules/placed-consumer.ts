import type { ConsumerMetadata } from '../../../metadata/class-metadata.js';
import type { Schedule, ScheduleOptions } from '../../../shared/schedule.js';

/** A consumer, with the schedule that it declares. */
interface PlacedConsumer {
  readonly metadata: ConsumerMetadata;
  readonly schedule: Schedule | undefined;
}

/**
 * Separates a consumer from the schedule that it declares, which is named after class and method unless it has a name.
 *
 * @param method Class and method, as in `ReportJob.report`.
 */
export function placedConsumer({ schedule, ...metadata }: ConsumerMetadata, method: string): PlacedConsumer {
  if (schedule === undefined) return { metadata, schedule };
  const { name = method, cron, rate, timezone, input } = schedule as ScheduleOptions;
  return {
    metadata: { ...metadata, criteria: { rule: name } },
    schedule: { expression: cron === undefined ? `rate(${rate})` : `cron(${cron})`, timezone, input },
  };
}
