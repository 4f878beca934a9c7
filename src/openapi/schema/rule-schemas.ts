import { escapePattern } from '../../shared/escape-pattern.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Rule } from '../../validation/dto/property-rules.js';
import { ruleName } from '../../validation/reading/asked-rule.js';
import { enumSchema } from './type-schema.js';

type Arguments = readonly unknown[];
type SchemaOf = (constraints: Arguments) => JsonSchema;

const string =
  (keywords: JsonSchema = {}): SchemaOf =>
  () => ({ type: 'string', ...keywords });
const number =
  (keywords: JsonSchema = {}): SchemaOf =>
  () => ({ type: 'number', ...keywords });
const first =
  (keyword: string): SchemaOf =>
  ([value]) =>
    value === undefined ? {} : { [keyword]: value };

/**
 * The JSON Schema keywords of class-validator's rules, by rule name. A rule that is not listed adds no keyword: the
 * document stays true, and the 422 reports the rule.
 */
const SCHEMAS: ReadonlyMap<string, SchemaOf> = new Map<string, SchemaOf>([
  ['isString', string()],
  ['isNumber', number()],
  ['isInt', () => ({ type: 'integer' })],
  ['isBoolean', () => ({ type: 'boolean' })],
  ['isObject', () => ({ type: 'object' })],
  ['isNotEmptyObject', () => ({ type: 'object', minProperties: 1 })],
  ['isArray', () => ({ type: 'array' })],
  ['isDate', string({ format: 'date-time' })],

  [
    'isEnum',
    ([object, values]) => enumSchema((values as readonly unknown[] | undefined) ?? Object.values(object as object)),
  ],
  ['isIn', ([values]) => inSchema(values)],
  ['isNotIn', ([values]) => notInSchema(values)],
  ['equals', first('const')],
  ['isNotEmpty', () => ({ minLength: 1 })],
  ['notEquals', ([value]) => (value === undefined ? {} : { not: { const: value } })],

  ['min', first('minimum')],
  ['max', first('maximum')],
  ['isPositive', number({ exclusiveMinimum: 0 })],
  ['isNegative', number({ exclusiveMaximum: 0 })],
  ['isDivisibleBy', first('multipleOf')],
  ['isLatitude', () => ({ minimum: -90, maximum: 90 })],
  ['isLongitude', () => ({ minimum: -180, maximum: 180 })],

  [
    'isLength',
    ([min, max]) => ({
      type: 'string',
      minLength: min as number,
      ...(max !== undefined && { maxLength: max as number }),
    }),
  ],
  ['minLength', ([length]) => ({ type: 'string', minLength: length as number })],
  ['maxLength', ([length]) => ({ type: 'string', maxLength: length as number })],
  ['matches', ([pattern, flags]) => ({ type: 'string', ...patternOf(pattern, flags) })],
  ['contains', ([seed]) => ({ type: 'string', pattern: escapePattern(String(seed)) })],

  ['arrayMinSize', first('minItems')],
  ['arrayMaxSize', first('maxItems')],
  ['arrayNotEmpty', () => ({ minItems: 1 })],
  ['arrayUnique', () => ({ uniqueItems: true })],

  ['isEmail', string({ format: 'email' })],
  ['isUuid', string({ format: 'uuid' })],
  // Without this option `example.com` is accepted, which is not a URI.
  [
    'isUrl',
    ([options]) => ({
      type: 'string',
      ...((options as { require_protocol?: boolean })?.require_protocol && { format: 'uri' }),
    }),
  ],
  ['isFqdn', string({ format: 'hostname' })],
  ['isIp', ([version]) => ({ type: 'string', ...ipFormat(version) })],
  // These rules also accept a date without a time, and no single format covers both.
  ['isIso8601', string()],
  ['isDateString', string()],
  ['isRFC3339', string({ format: 'date-time' })],
  ['isMilitaryTime', string({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })],
  ['isMongoId', string({ pattern: '^[0-9a-fA-F]{24}$' })],
  ['isHexadecimal', string({ pattern: '^(0[xXhH])?[0-9a-fA-F]+$' })],
  ['isHexColor', string({ pattern: '^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' })],
  ['isNumberString', string()],
  ['isBooleanString', () => ({ enum: ['true', 'false', '1', '0'] })],
  ['isJson', string({ contentMediaType: 'application/json' })],
  ['isBase64', string({ contentEncoding: 'base64' })],
]);

/** Rules for text that a schema cannot express further, in lower case: class-validator's own spelling varies. */
const TEXT_RULES: ReadonlySet<string> = new Set(
  (
    'isalpha isalphanumeric isascii isbic isbase32 isbase58 isbtcaddress isbytelength iscreditcard iscurrency ' +
    'isdatauri isdecimal isean isethereumaddress isfirebasepushid ishsl ishash isiban isisbn isisin ' +
    'isiso31661alpha2 isiso31661alpha3 isissn isidentitycard isjwt islocale islowercase ismacaddress ismimetype ' +
    'ismobilephone isoctal isphonenumber isport ispostalcode isrgbcolor issemver isstrongpassword istimezone ' +
    'isuppercase'
  ).split(' '),
);

/** Returns the keywords that a rule adds to the schema of its value. */
export function ruleSchema(rule: Rule): JsonSchema {
  const name = ruleName(rule);
  const schemaOf = SCHEMAS.get(name);
  if (schemaOf) return schemaOf(rule.metadata.constraints ?? []);
  return TEXT_RULES.has(name.toLowerCase()) ? { type: 'string' } : {};
}

function inSchema(given: unknown): JsonSchema {
  const values = jsonValues(given);
  return values.length > 0 ? enumSchema(values) : {};
}

function notInSchema(given: unknown): JsonSchema {
  const values = jsonValues(given);
  return values.length > 0 ? { not: { enum: values } } : {};
}

/** JSON has no `undefined`, and writes it as `null` in a list. */
function jsonValues(given: unknown): unknown[] {
  return Array.isArray(given) ? given.filter((value) => value !== undefined) : [];
}

/** JSON Schema's patterns have no flags: a pattern that needs them cannot be expressed. */
function patternOf(pattern: unknown, flags: unknown): JsonSchema {
  const { source, flags: own } =
    pattern instanceof RegExp ? pattern : new RegExp(String(pattern), (flags as string | undefined) ?? '');
  return /[ims]/.test(own) ? {} : { pattern: source };
}

function ipFormat(version: unknown): JsonSchema {
  if (version === undefined || version === null) return { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
  return { format: `ipv${String(version)}` };
}
