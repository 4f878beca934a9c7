import { isDeepStrictEqual } from 'node:util';
import { BootstrapError } from '../../../errors/bootstrap-error.js';
import { anything, mistakeInOptions, type OptionRule } from '../../../errors/check-options.js';
import { describeValue } from '../../../errors/describe-value.js';
import { mergedMetadata } from '../../../metadata/merged-metadata.js';
import { methodName } from '../../../shared/class-methods.js';
import type { ScheduleOptions } from '../../../shared/schedule.js';
import type { Constructor } from '../../../shared/types.js';
import { cronMistake } from './cron-mistake.js';

/**
 * Checks the schedules that a class declares. Loaded where there are any: the grammar of cron is in no function
 * without, and in no bundle that the build plans.
 *
 * @throws BootstrapError for a schedule that EventBridge Scheduler does not take.
 */
export function checkSchedules(type: Constructor): void {
  for (const [key, { consumers }] of mergedMetadata(type).methods) {
    const method = methodName(type, key);
    for (const { schedule } of consumers) if (schedule !== undefined) checkSchedule(schedule, method);
  }
}

function checkSchedule(schedule: unknown, method: string): void {
  const mistake =
    mistakeInOptions(schedule, RULES, '@OnSchedule') ??
    mistakeIn(schedule as Readonly<Record<string, unknown>>, method);
  if (mistake !== undefined) throw new BootstrapError(`${method}: ${mistake.replace(/\.?$/, '.')}`);
}

// The names only: the values are checked below, with better advice.
const RULES: Record<keyof ScheduleOptions, OptionRule> = {
  name: anything,
  cron: anything,
  rate: anything,
  timezone: anything,
  input: anything,
};

function mistakeIn(options: Readonly<Record<string, unknown>>, method: string): string | undefined {
  const { cron, rate, timezone, input } = options;
  const found =
    nameMistake(options, method) ?? whenMistake(cron, rate) ?? zoneMistake(timezone, rate) ?? inputMistake(input);
  return found === undefined ? undefined : `@OnSchedule: ${found}`;
}

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
function nameMistake(options: Readonly<Record<string, unknown>>, method: string): string | undefined {
  const { name } = options;
  if (name === undefined && 'name' in options)
    return `the name is undefined. Omit it for "${method}"; if it comes from an environment variable, set it`;
  const takes =
    'names of schedules have up to 64 letters, digits and . - _, and may end in * for the name of the stack';
  if (isName(name === undefined ? method : name)) return undefined;
  return name === undefined
    ? `it needs a name, because "${method}" cannot be one: ${takes}`
    : `the name is ${typeof name === 'string' ? JSON.stringify(name) : describeValue(name)}; ${takes}`;
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && /^[\w.-]{1,63}(?:[\w.-]|\*)?$/.test(name);
}

function whenMistake(cron: unknown, rate: unknown): string | undefined {
  if (cron !== undefined && rate !== undefined) return 'it has both cron and rate; keep the one that says when it runs';
  if (cron === undefined && rate === undefined)
    return 'neither cron nor rate is set; say when it runs, as in { cron: "0 3 * * ? *" } or { rate: "10 minutes" }';
  return cron === undefined ? rateMistake(rate) : cronMistake(cron);
}

/** Takes the spelling that both EventBridge Scheduler and rules accept: the unit of 1 is singular. */
function rateMistake(rate: unknown): string | undefined {
  const takes = 'it takes a whole number and minutes, hours or days, as in "10 minutes" or "1 hour"';
  if (typeof rate !== 'string') return `rate is ${describeValue(rate)}; ${takes}`;
  const given = `rate is ${JSON.stringify(rate)}`;
  const [, value, unit] = /^([1-9]\d{0,5}) (minute|hour|day)s?$/.exec(rate) ?? [];
  if (value === undefined) return `${given}; ${takes}`;
  const right = `${value} ${unit}${value === '1' ? '' : 's'}`;
  return rate === right ? undefined : `${given}; write "${right}"`;
}

function zoneMistake(timezone: unknown, rate: unknown): string | undefined {
  if (timezone === undefined) return undefined;
  if (rate !== undefined) return 'an interval is the same in every time zone; remove timezone, or use cron';
  const takes = 'it takes the IANA name of a time zone, such as "Europe/Berlin" or "America/New_York"';
  if (typeof timezone !== 'string') return `timezone is ${describeValue(timezone)}; ${takes}`;
  const known = zoneNamed(timezone);
  if (known === undefined) return `timezone is ${JSON.stringify(timezone)}; ${takes}`;
  const isMisspelt = known !== timezone && known.toLowerCase() === timezone.toLowerCase();
  return isMisspelt ? `timezone is ${JSON.stringify(timezone)}; write "${known}"` : undefined;
}

/** Returns the name under which Node knows a time zone. It also takes offsets, which EventBridge does not. */
function zoneNamed(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function inputMistake(input: unknown): string | undefined {
  if (input === undefined || isJson(input)) return undefined;
  return `the input is ${describeValue(input)} that JSON cannot express; use plain objects, lists, text and numbers`;
}

function isJson(value: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}
