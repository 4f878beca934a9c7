import type { HeaderPair } from '../http/request-source.js';

type Pair = readonly [name: string, value: string];

// `Object.fromEntries` makes own members of names such as `__proto__` too; an assignment would not.

/** The last value by name, which is what a gateway with single-value maps hands over. */
export function lastValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** Every value by name. */
export function allValues(pairs: readonly Pair[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}

/** Every value by name, joined with commas, as payload 2.0 has them. */
export function joinedValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function lowerCaseNames(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}
