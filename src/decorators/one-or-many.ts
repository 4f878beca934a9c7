import { anyText, either, listOf as listOfRule, oneOf, type Rule, text } from '../errors/option-rules.js';

export type OneOrMany<T> = T | readonly T[];

export function listOf<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** The empty path is the prefix itself. */
export const somePaths: Rule = either(anyText, someOf(anyText));
export const someNames: Rule = either(text, someOf(text));

/** An empty list would be a route that nothing reaches. */
function someOf(item: Rule): Rule {
  const { expected, accepts } = listOfRule(item);
  return { expected, accepts: (value) => accepts(value) && (value as readonly unknown[]).length > 0 };
}

const aBodyKind = oneOf('json', 'form', 'any');
/** An empty list would take nothing. */
export const bodyKinds: Rule = {
  expected: `${aBodyKind.expected}, or a list of these`,
  accepts: (value) => aBodyKind.accepts(value) || (Array.isArray(value) && value.length > 0 && value.every(aBodyKind.accepts)),
};
