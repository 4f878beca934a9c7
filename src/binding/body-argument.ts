import { ValidationException } from '../errors/validation-exception.js';
import type { FormOptions } from '../http/request/upload-options.js';
import { isPromiseLike, native } from '../shared/promise.js';
import { scalarReader } from '../validation/scalar-reader.js';
import type { ArgumentPlan, InputReaders } from './argument-plan.js';
import { type BodyContent, bodyReader, kindReader, takesJson } from './body-content.js';
import type { ArgumentReader } from './compile-argument.js';

/**
 * Compiles a body parameter. With a text or bytes type, it gets the body as it is; otherwise the parsed body, converted
 * and validated by the declared type if `convert` is set.
 */
export function bodyArgument(plan: ArgumentPlan, uploads: FormOptions, convert: boolean): ArgumentReader {
  const { type, key, consumes = [] } = plan;
  if (isWhole(key, type)) return wholeArgument(plan);
  const read = bodyReader(consumes, key === undefined && (type === Object || type === undefined));
  const check = convert ? bodyChecker(plan) : undefined;
  const argumentOf = (content: BodyContent): unknown => {
    const value = key === undefined ? content.value : memberOf(content.value, key);
    return check ? (content.strings ? check.strings : check.json)!(value) : value;
  };
  const readJson = key === undefined && takesJson(consumes) ? check?.json : undefined;
  return ({ request }) => {
    // By far the most frequent bodies, past all that chooses how to read others.
    if (readJson && request.header('content-type') === 'application/json') return readJson(request.json());
    const content = read(request, uploads);
    return isPromiseLike(content) ? native(content).then(argumentOf) : argumentOf(content);
  };
}

/** Whether a parameter takes the text or the bytes of the body as they are. */
export function isWhole(key: string | undefined, type: unknown): boolean {
  return key === undefined && (type === String || type === Buffer || type === Uint8Array);
}

/** Reads text or bytes, of any content type unless the route declares what it consumes. */
function wholeArgument({ type, consumes = [] }: ArgumentPlan): ArgumentReader {
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

/** Returns what validates a body by its declared type; `undefined` if the type says nothing. */
export function bodyChecker({ type, key, readers }: ArgumentPlan): InputReaders | undefined {
  if (readers) return readers;
  const loc = key === undefined ? ['body'] : ['body', key];
  const refuse = JSON_TYPES.get(type);
  if (!refuse && !TEXT_TYPES.has(type)) return undefined;
  const strings = scalarReader(type, loc);
  return { json: refuse ? (value) => refuse(value, loc) : strings, strings };
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
