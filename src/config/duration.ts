/** The units that a duration is converted to. */
export type DurationUnit = 'milliseconds' | 'seconds' | 'minutes' | 'hours' | 'days';

/** The units, in milliseconds. */
export const DURATION_UNITS: Readonly<Record<DurationUnit, number>> = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

const SUFFIXES: Readonly<Record<string, DurationUnit>> = {
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
};

const DURATION = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/;

/** Converts a duration such as `90s` to a number of units; returns `undefined` for any other text. */
export function parseDuration(text: string, unit: DurationUnit): number | undefined {
  const [, amount, suffix] = DURATION.exec(text) ?? [];
  if (suffix === undefined) return undefined;
  const converted = (Number(amount) * DURATION_UNITS[SUFFIXES[suffix]!]) / DURATION_UNITS[unit];
  // 1.1 minutes are 66 seconds, and not 66.00000000000001.
  return Number.isFinite(converted) ? Number(converted.toPrecision(15)) : undefined;
}
