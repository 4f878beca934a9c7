import { escaped } from '../shared/control-characters.js';

// Source text of plain values.

/**
 * Returns a string literal. It may stand in a script of a page and in any encoding.
 *
 * @see ECMA-262, `JSON.stringify`: lone surrogates are escaped.
 */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007F-\uFFFF]|<(?=[/!s])/gi, escaped);
}

export function numberLiteral(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Returns `undefined` for an object, a function, and a symbol that is not in the registry. */
export function primitiveLiteral(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return stringLiteral(value);
    case 'number':
      return numberLiteral(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'symbol': {
      const key = Symbol.keyFor(value);
      return key === undefined ? undefined : `Symbol.for(${stringLiteral(key)})`;
    }
    default:
      return value === null ? 'null' : undefined;
  }
}

export function regExpLiteral({ source, flags }: RegExp): string {
  const isPlain = /^[ -~]*$/.test(source) && !/<[/!s]/i.test(source);
  return isPlain ? `/${source}/${flags}` : `new RegExp(${stringLiteral(source)}, ${stringLiteral(flags)})`;
}

export function dateLiteral(date: Date): string {
  return `new Date(${numberLiteral(date.getTime())})`;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Returns a key of an object literal. `__proto__: …` would set the prototype. */
export function propertyKey(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return IDENTIFIER.test(key) ? key : stringLiteral(key);
}

/** Returns what follows an object to read a member. */
export function memberAccess(key: string): string {
  return IDENTIFIER.test(key) ? `.${key}` : `[${stringLiteral(key)}]`;
}

const WIDTH = 100;

/** Joins the parts of a literal: in one line where it is short, else each in a line of its own. */
export function joined([open, close]: readonly [string, string], items: readonly string[], depth: number): string {
  const spaced = open.endsWith('{') && items.length > 0 ? ' ' : '';
  const line = `${open}${spaced}${items.join(', ')}${spaced}${close}`;
  if (items.length === 0 || (line.length <= WIDTH && !line.includes('\n'))) return line;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${items.map((item) => `${indent}${item},\n`).join('')}${'  '.repeat(depth)}${close}`;
}
