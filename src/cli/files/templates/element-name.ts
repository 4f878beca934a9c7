import { pascalCase } from '../../../shared/pascal-case.js';
import { UsageError } from '../../framework/command-error.js';

/** A name in the forms that files and classes use. */
export interface ElementName {
  /** The folders below `src`, such as `shop` for `shop/orders`. */
  readonly folders: readonly string[];
  /** Such as `order-items`. */
  readonly kebab: string;
  /** Such as `OrderItems`. */
  readonly pascal: string;
  /** The singular form, or the name itself if that is unknown. */
  readonly singular: { readonly kebab: string; readonly pascal: string };
}

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield constructor ' +
    'prototype'
  ).split(' '),
);

/**
 * Reads `orders`, `OrderItems`, `order_items` or `shop/orders`. Removes a leading `src/`, and the kind at the end
 * (`OrdersController`), which is added again.
 *
 * @param role the kind, such as `controller`.
 * @throws UsageError if it is not a valid name for a file and a class.
 */
export function elementName(text: string, role: string): ElementName {
  const segments = text
    .replace(/^src\//, '')
    .split('/')
    .map(kebabOf);
  const invalid = segments.find((segment) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(segment) || RESERVED.has(segment));
  if (invalid !== undefined) throw new UsageError(invalidName(text, invalid));
  const last = segments.at(-1)!;
  const kebab = last.endsWith(`-${role}`) ? last.slice(0, -role.length - 1) : last;
  const one = singularOf(kebab);
  return {
    folders: segments.slice(0, -1),
    kebab,
    pascal: pascalCase(kebab),
    singular: { kebab: one, pascal: pascalCase(one) },
  };
}

function kebabOf(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

/** Words for which the rules below are wrong. */
const IRREGULAR: Readonly<Record<string, string>> = {
  caches: 'cache',
  children: 'child',
  cookies: 'cookie',
  movies: 'movie',
  news: 'news',
  people: 'person',
  series: 'series',
  statuses: 'status',
};

/** Finds the English singular of the last word by a few rules. */
function singularOf(kebab: string): string {
  const [, before = '', word = ''] = /^(.*-)?([^-]+)$/.exec(kebab)!;
  if (Object.hasOwn(IRREGULAR, word)) return before + IRREGULAR[word]!;
  if (/[^aeiou]ies$/.test(word)) return `${before}${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return before + word.slice(0, -2);
  return before + (/[^sui]s$/.test(word) ? word.slice(0, -1) : word);
}

function invalidName(text: string, segment: string): string {
  if (RESERVED.has(segment)) return `"${segment}" is a reserved word in JavaScript. Choose another name.`;
  return (
    `Invalid name "${text}". Use letters, digits and hyphens, starting with a letter. ` +
    'Put folders before a slash, as in shop/orders.'
  );
}
