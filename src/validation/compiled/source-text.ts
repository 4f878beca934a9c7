import { escaped } from '../../shared/control-characters.js';

/** Returns a string as a literal that is safe in every script. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, escaped);
}

/** Returns plain data as a literal: primitives, arrays, and objects without a class. */
export function dataLiteral(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(dataLiteral).join(', ')}]`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${keyText(key)}: ${dataLiteral(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** In a literal, `__proto__` as a key would set the prototype. */
function keyText(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return IDENTIFIER.test(key) ? key : literal(key);
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Returns the expression for a member of an object. */
export function memberText(object: string, name: string): string {
  return IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
}

/** Returns a name as a part of an identifier, as in `OrderLine` or `UnitPrice`. */
export function nameText(name: string): string {
  const letters = name.replace(/[^A-Za-z0-9_$]+/g, '_');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

/** Indents the lines of a text that are not empty. */
export function indented(text: string, by = '  '): string {
  return text.replace(/^(?=.)/gm, by);
}

/** Joins pieces of text that are not empty. */
export function lines(...texts: readonly (string | undefined | false)[]): string {
  return texts.filter(Boolean).join('\n');
}

/** Returns `if (condition) { … }`. */
export function whenText(condition: string, text: string): string {
  return `if (${condition}) {\n${indented(text)}\n}`;
}

const PRINTABLE = /^[ -~]+$/;

/** Returns a regular expression as text. */
export function patternText(pattern: RegExp): string {
  const text = String(pattern);
  if (PRINTABLE.test(text)) return text;
  return `new RegExp(${literal(pattern.source)}, ${literal(pattern.flags)})`;
}
