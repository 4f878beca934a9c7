import { describeValue } from '../errors/describe-value.js';
import type { ValidationDetail } from '../errors/validation-detail.js';
import type { ConfigForm } from './config-form.js';
import type { Reading } from './read-property.js';

/**
 * Describes everything that is wrong with a configuration, in the order of its properties.
 *
 * @param broken The rules that the values break. The message of a rule may contain the value, so it is shown only if it
 *   is about a property that is not secret.
 */
export function configMistakes(
  form: ConfigForm,
  readings: readonly Reading[],
  broken: readonly ValidationDetail[],
): string[] {
  const known = new Set(readings.map(({ property }) => property.name));
  const hasSecrets = readings.some(({ property }) => property.hidden);
  const ofNoProperty = broken.filter(({ loc }) => !known.has(String(loc[0])));
  return [
    ...readings.flatMap((reading) => {
      const { name } = reading.property;
      const mistake = mistakeOf(reading, form, brokenBy(name, broken));
      return mistake === undefined ? [] : [`${name}: ${mistake}`];
    }),
    ...ofNoProperty.map((detail) => `as a whole, ${hasSecrets ? ruleOf(detail) : messageOf(detail)}.`),
  ];
}

function brokenBy(name: string, broken: readonly ValidationDetail[]): ValidationDetail[] {
  return broken.filter(({ loc }) => loc[0] === name);
}

function mistakeOf(
  reading: Reading,
  { defaults, required }: ConfigForm,
  broken: readonly ValidationDetail[],
): string | undefined {
  const { property, raw, reason, expected, hasFailed } = reading;
  if (hasFailed) return reason;
  if (expected !== undefined) return `${shownPlace(reading)}: it must be ${expected}.`;
  const initial = defaults[property.name];
  const isUnset = raw === undefined && initial === undefined;
  if (broken.length === 0 && !(isUnset && required.has(property.name))) return undefined;
  const rules = [
    ...new Set(broken.map((detail) => (property.hidden && !isUnset ? ruleOf(detail) : messageOf(detail)))),
  ];
  if (isUnset) return unset(reading, rules);
  if (raw !== undefined) return `${shownPlace(reading)}: ${rules.join('; ')}.`;
  return `its default ${property.hidden ? 'value' : shown(initial)} is not valid: ${rules.join('; ')}.`;
}

function unset({ property: { variable }, reason }: Reading, rules: readonly string[]): string {
  if (variable === undefined) return reason!;
  const missing = `${variable} is not set.`;
  if (reason !== undefined) return `${missing} ${reason}`;
  const advice = rules.length > 0 ? ` (${rules.join('; ')})` : '';
  return `${missing} Add it to the environment variables of the function.${advice}`;
}

function shownPlace({ place, property, raw }: Reading): string {
  return property.hidden ? `${place} has a value that is not shown here` : `${place} is ${shown(raw)}`;
}

/** The name of a broken rule, without its message. */
function ruleOf({ type }: ValidationDetail): string {
  return `it breaks the rule ${type}`;
}

/** The message of a rule inside of a value, such as JSON, names the place. */
function messageOf({ loc, msg }: ValidationDetail): string {
  return loc.length > 1 ? `${loc.join('.')}: ${msg}` : msg;
}

/** The length up to which values are shown. */
const SHOWN = 40;

/** Shortens a value for a message, and leaves out the credentials of an address. */
function shown(value: unknown): string {
  if (typeof value !== 'string') return describeValue(value);
  const text = withoutCredentials(value);
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

function withoutCredentials(text: string): string {
  const [start, end] = [text.indexOf('//'), text.lastIndexOf('@')];
  return start >= 0 && end > start ? `${text.slice(0, start)}//…${text.slice(end)}` : text;
}
