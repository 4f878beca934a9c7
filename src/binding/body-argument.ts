import type { ParameterDescription } from '../contracts/application-description.js';
import { ValidationException } from '../errors/validation-exception.js';
import type { FormOptions } from '../http/request/upload-options.js';
import { chain } from '../shared/promise.js';
import type { Constructor } from '../shared/types.js';
import { refusingReader } from '../validation/compiled/compiled-reader.js';
import { isDto } from '../validation/dto/check-dto-class.js';
import type { RefusingReader } from '../validation/input-reader.js';
import { scalarReader } from '../validation/scalar-reader.js';
import type { ValidationOptions } from '../validation/validation-options.js';
import { type BodyContent, bodyReader, kindReader } from './body-content.js';
import { isWhole } from './body-kinds.js';
import type { ArgumentReader } from './compile-argument.js';

export interface BodyOptions {
  readonly validation: ValidationOptions;
  readonly uploads: FormOptions;
}

/**
 * Compiles a body parameter. With a text or bytes type, it gets the body as it is; otherwise the parsed body, converted
 * and validated by the declared type if `convert` is set.
 */
export function bodyArgument(parameter: ParameterDescription, options: BodyOptions, convert: boolean): ArgumentReader {
  const { type, key, consumes = [] } = parameter;
  if (isWhole(key, type)) return wholeArgument(parameter);
  const read = bodyReader(consumes, key === undefined && (type === Object || type === undefined));
  const pick =
    key === undefined
      ? (content: BodyContent) => content.value
      : (content: BodyContent) => memberOf(content.value, key);
  const check = convert ? bodyChecker(parameter, options.validation) : undefined;
  return ({ request }) =>
    chain(read(request, options.uploads), (content) =>
      check ? (content.strings ? check.form : check.json)(pick(content)) : pick(content),
    );
}

/** Reads text or bytes, of any content type unless the route declares what it consumes. */
function wholeArgument({ type, consumes = [] }: ParameterDescription): ArgumentReader {
  const read: ArgumentReader = type === String ? ({ request }) => request.text() : ({ request }) => request.body();
  if (consumes.includes('any')) return read;
  const kindOf = kindReader(consumes);
  return (context) => {
    kindOf(context.request);
    return read(context);
  };
}

/** Returns an own member, so that `@Body('constructor')` finds nothing. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** Validates a value from JSON, or one whose members are strings from a form. */
export interface BodyChecker {
  json: RefusingReader;
  form: RefusingReader;
}

/** Compiles validation by the declared type; `undefined` if the type says nothing. */
export function bodyChecker(
  { type, key }: ParameterDescription,
  validation: ValidationOptions,
): BodyChecker | undefined {
  if (isDto(type)) return dtoChecker(type, key, validation);
  const loc = key === undefined ? ['body'] : ['body', key];
  const refuse = JSON_TYPES.get(type);
  if (!refuse && !TEXT_TYPES.has(type)) return undefined;
  const form = scalarReader(type, loc);
  return { json: refuse ? (value) => refuse(value, loc) : form, form };
}

function dtoChecker(type: Constructor, key: string | undefined, validation: ValidationOptions): BodyChecker {
  const location = { location: 'body', key } as const;
  return {
    json: refusingReader(type, location, validation),
    form: refusingReader(type, { ...location, strings: true }, validation),
  };
}

/** JSON has no such types, so these come as text. */
const TEXT_TYPES: ReadonlySet<unknown> = new Set([Date, BigInt]);

// JSON has these types: a string is not a number, even if it looks like one.
const JSON_TYPES = new Map<unknown, (value: unknown, loc: string[]) => unknown>([
  [String, jsonType('string', 'isString')],
  [Number, jsonType('number', 'isNumber')],
  [Boolean, jsonType('boolean', 'isBoolean')],
  [Array, (value, loc) => (value === undefined || Array.isArray(value) ? value : refused(loc, 'array', 'isArray'))],
]);

function jsonType(name: string, rule: string) {
  return (value: unknown, loc: string[]): unknown =>
    value === undefined || typeof value === name ? value : refused(loc, name, rule);
}

function refused(loc: string[], name: string, type: string): never {
  throw new ValidationException([{ loc, msg: `${loc.at(-1)} must be ${name === 'array' ? 'an' : 'a'} ${name}`, type }]);
}
