import { escaped } from '../shared/control-characters.js';

// Source text of plain values.

const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield arguments eval async of get set ' +
    'undefined NaN Infinity Object Symbol Map Set Date RegExp Promise String Number Boolean Array globalThis ' +
    'root options make'
  ).split(' '),
);

/** Returns text as an identifier. */
export function identifierOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[^\w$]+/g, '_')
    .replace(/^(?=\d)|^$/, '_')
    .slice(0, 40);
  return RESERVED.has(plain) ? `${plain}_` : plain;
}

/** Gives out names for variables, each once. */
export class VariableNames {
  readonly #used = new Set<string>();
  /** How often each hint came, so that the next number of one that often comes needs no search. */
  readonly #counts = new Map<string, number>();

  /** Returns `hint` as an identifier that is not taken. */
  unique(hint: string): string {
    const name = identifierOf(hint);
    let count = this.#counts.get(name) ?? 0;
    let unique: string;
    // Numbered after it is shortened; and a hint may be what another was numbered to.
    do unique = ++count === 1 ? name : `${name}$${count}`;
    while (this.#used.has(unique));
    this.#counts.set(name, count);
    this.#used.add(unique);
    return unique;
  }
}

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
