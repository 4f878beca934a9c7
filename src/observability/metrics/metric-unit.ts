type Amount =
  | 'Bytes'
  | 'Kilobytes'
  | 'Megabytes'
  | 'Gigabytes'
  | 'Terabytes'
  | 'Bits'
  | 'Kilobits'
  | 'Megabits'
  | 'Gigabits'
  | 'Terabits'
  | 'Count';

/** The units of CloudWatch. Powertools' constants, such as `MetricUnit.Milliseconds`, have the same values. */
export type MetricUnit = 'Seconds' | 'Microseconds' | 'Milliseconds' | Amount | `${Amount}/Second` | 'Percent' | 'None';

/** How finely CloudWatch keeps values, in seconds: a minute is the standard, a second is high resolution. */
export type MetricResolution = 1 | 60;
