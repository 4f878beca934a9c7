import { describeValue } from '../../../errors/describe-value.js';

/** One of the six fields. */
interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for values. */
  readonly names?: readonly string[];
  /** The characters that only this field takes, besides values, ranges and lists. */
  readonly special?: RegExp;
  /** Whether it takes increments, such as `0/15`. */
  readonly increments: boolean;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const FIELDS: readonly Field[] = [
  { name: 'minutes', least: 0, most: 59, increments: true },
  { name: 'hours', least: 0, most: 23, increments: true },
  {
    name: 'day of month',
    least: 1,
    most: 31,
    increments: true,
    special: /^(?:\?|L|LW|L-(?:[1-9]|[12]\d|30)|(?:[1-9]|[12]\d|3[01])W)$/,
  },
  { name: 'month', least: 1, most: 12, names: MONTHS, increments: true },
  {
    name: 'day of week',
    least: 1,
    most: 7,
    names: DAYS,
    increments: false,
    special: /^(?:\?|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/,
  },
  { name: 'year', least: 1970, most: 2199, increments: true },
];

const TAKES = 'it takes six fields, minutes hours day-of-month month day-of-week year, as in "0 3 * * ? *"';

/**
 * Describes the first mistake in the fields of a cron expression; `undefined` if EventBridge Scheduler takes them. The
 * ends of a range may be in any order: `FRI-MON` is four days.
 */
export function cronMistake(cron: unknown): string | undefined {
  if (typeof cron !== 'string') return `cron is ${describeValue(cron)}; ${TAKES}`;
  const given = `cron is ${JSON.stringify(cron)}`;
  const wrapped = /^\s*(cron|rate|at)\s*\(/.exec(cron)?.[1];
  if (wrapped === 'cron') return `${given}; omit the "cron(" and ")" around the fields`;
  if (wrapped === 'rate') return `${given}; an interval is the option rate, as in rate: "10 minutes"`;
  const fields = cron.split(' ');
  if (fields.length !== FIELDS.length) return `${given}; ${TAKES}${advice(fields)}`;
  const wrong = FIELDS.findIndex((field, index) => !takes(field, fields[index]!));
  if (wrong >= 0) return `${given}; ${explain(FIELDS[wrong]!, fields[wrong]!)}`;
  const open = [fields[2], fields[4]].filter((day) => day === '?').length;
  if (open === 1) return undefined;
  const which = open === 2 ? 'both days are "?"' : 'it has both a day of month and a day of week';
  return `${given}; ${which}. Exactly one of the two is "?": "0 3 * * ? *" is every day, "0 3 ? * MON *" every Monday`;
}

function takes(field: Field, text: string): boolean {
  if (field.special?.test(text)) return true;
  return text.split(',').every((item) => takesItem(field, item));
}

/** Whether a field takes one item of a list: `5`, `MON-FRI`, `*`, and with increments `0/15`, `5-30/5` or `*\/10`. */
function takesItem(field: Field, item: string): boolean {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && !(field.increments && isNumber(step, 1, field.most))) return false;
  if (range === '*') return true;
  const ends = range.split('-');
  return ends.length <= 2 && ends.every((end) => isValue(field, end));
}

function isValue({ least, most, names }: Field, text: string): boolean {
  return names?.includes(text) === true || isNumber(text, least, most);
}

function isNumber(text: string, least: number, most: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function explain({ name, least, most, names, increments, special }: Field, text: string): string {
  const values = `${least} to ${most}${names ? ` or ${names[0]} to ${names.at(-1)}` : ''}`;
  const signs = [
    ',',
    '-',
    '*',
    ...(increments ? ['/'] : []),
    ...(special ? ['?', 'L', name.endsWith('h') ? 'W' : '#'] : []),
  ];
  const upper = text.toUpperCase();
  const hint = names && upper !== text ? '. Names are upper-case' : '';
  return `the ${name} is "${text}"; it takes ${values}, with ${signs.join(' ')}${hint}`;
}

/** Suggests the six fields for the five of Unix, where days of the week begin with 0 for Sunday. */
function advice(fields: readonly string[]): string {
  if (fields.length !== 5) return '';
  const [minutes, hours, day, month, weekday] = fields as [string, string, string, string, string];
  const named = weekday.replace(/(?<![\d#/])[0-7](?!\d)/g, (digit) => DAYS[Number(digit) % 7]!);
  const days = named === '*' ? [day, '?'] : [day === '*' ? '?' : day, named];
  const suggestion = `${minutes} ${hours} ${days[0]} ${month} ${days[1]} *`;
  return cronMistake(suggestion) === undefined ? `. For Unix's five, write "${suggestion}"` : '';
}
