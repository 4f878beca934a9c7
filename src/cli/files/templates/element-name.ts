import { UsageError } from '../../framework/errors.js';

/** A name in the forms that files and classes need. */
export interface ElementName {
  /** Below `src`, as in `shop` of `shop/orders`. */
  readonly folders: readonly string[];
  /** As in `order-items`. */
  readonly kebab: string;
  /** As in `OrderItems`. */
  readonly pascal: string;
  /** What one of many is called; the name itself where that isn't known. */
  readonly singular: { readonly kebab: string; readonly pascal: string };
}

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if ' +
    'implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof ' +
    'undefined var void while with yield constructor prototype'
  ).split(' '),
);

/**
 * Reads `orders`, `OrderItems`, `order_items` or `shop/orders`; a kind at its end (`OrdersController`) is taken off,
 * for it is added again, and so is `src/` at its begin.
 *
 * @param role the kind, as in `controller`.
 * @throws UsageError when no file and class can be called that.
 */
export function elementName(text: string, role: string): ElementName {
  const segments = text
    .replace(/^src\//, '')
    .split('/')
    .map(kebabOf);
  const wrong = segments.find((segment) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(segment) || RESERVED.has(segment));
  if (wrong !== undefined) throw new UsageError(refusal(text, wrong));
  const last = segments.at(-1)!;
  const kebab = last.endsWith(`-${role}`) ? last.slice(0, -role.length - 1) : last;
  const one = singularOf(kebab);
  return {
    folders: segments.slice(0, -1),
    kebab,
    pascal: pascalOf(kebab),
    singular: { kebab: one, pascal: pascalOf(one) },
  };
}

function kebabOf(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

function pascalOf(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Where endings tell the wrong thing. */
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

/** English, as far as a few rules go: the last word is the one that counts. */
function singularOf(kebab: string): string {
  const [, before = '', word = ''] = /^(.*-)?([^-]+)$/.exec(kebab)!;
  if (Object.hasOwn(IRREGULAR, word)) return before + IRREGULAR[word]!;
  if (/[^aeiou]ies$/.test(word)) return `${before}${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return before + word.slice(0, -2);
  return before + (/[^sui]s$/.test(word) ? word.slice(0, -1) : word);
}

function refusal(text: string, segment: string): string {
  if (RESERVED.has(segment))
    return `"${segment}" is a word of the language, and nothing can be called that. Take another name.`;
  return `"${text}" is no name: it takes letters, digits and hyphens, a letter first, and folders before a slash, as in shop/orders.`;
}
