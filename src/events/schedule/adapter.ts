import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeSchedule } from './decode.js';
import { detectSchedule, type ScheduledEvent } from './detect.js';

/** Schedules: rules of EventBridge, and EventBridge Scheduler. */
export const schedule: RecordAdapter<ScheduledEvent> = {
  source: 'schedule',
  batches: false,
  detect: detectSchedule,
  decode: decodeSchedule,
  encode: rejectFailures,
};
