import { escapePattern } from '../shared/escape-pattern.js';
import { expandOptional, parsePattern } from './parse-pattern.js';
import { endsWithSlash } from './paths.js';
import type { PatternPart, PatternSegment, Text } from './pattern-segment.js';
import type { RouteSegment, TestedSegment } from './route-segment.js';
import type { RouterOptions } from './router.js';

/**
 * Plans the paths of a pattern: one, or several if it has optional segments.
 *
 * A pattern consists of static segments, parameters (`:id`, `{id}`), constrained parameters (`:id(\\d+)`, `{id:\\d+}`),
 * parameters inside a segment (`:name.:ext`), and a wildcard for one or more last segments (`*rest`, `{proxy+}`, or
 * `*`, whose parameter is named `*`). A `?` after a parameter or a wildcard makes its segment optional.
 *
 * @param owner The owner of the pattern, for error messages.
 * @throws BootstrapError for a malformed pattern.
 */
export function planPattern(pattern: string, owner: string, options: RouterOptions): RouteSegment[][] {
  const hasSlash = !options.ignoreTrailingSlash && endsWithSlash(pattern);
  return expandOptional(parsePattern(pattern, owner)).map((found) => {
    const segments = found.map((segment) => planSegment(segment, options.caseSensitive));
    // A trailing slash is an empty segment. A wildcard takes it anyway.
    return hasSlash && found.at(-1)?.parts[0]?.kind !== 'wildcard' ? [...segments, ''] : segments;
  });
}

function planSegment({ parts }: PatternSegment, caseSensitive: boolean): RouteSegment {
  const [part, ...others] = parts as readonly [PatternPart, ...PatternPart[]];
  if (part.kind === 'wildcard') return { name: part.name, isWildcard: true };
  if (others.length === 0 && part.kind === 'text') return caseSensitive ? part.text : part.text.toLowerCase();
  if (others.length === 0 && part.kind === 'parameter' && part.constraint === undefined) return { name: part.name };
  return testedSegment(parts, caseSensitive);
}

/**
 * Makes the regular expression of a segment. Apart from users' constraints, it can't backtrack beyond one pass: a
 * parameter ends at the first occurrence of the text after it, and the last one takes the rest.
 */
export function testedSegment(parts: readonly PatternPart[], caseSensitive = true): TestedSegment {
  const names: string[] = [];
  const groups: number[] = [];
  let group = 1;
  const sources = parts.map((part, index) => {
    if (part.kind === 'text') return textSource(part, caseSensitive);
    const source = `(${parameterSource(parts, index, caseSensitive)})`;
    names.push(part.name);
    groups.push(group);
    group += countGroups(source);
    return source;
  });
  return { names, source: sources.join(''), groups, precision: precisionOf(parts) };
}

// The more literal text, the more precise. Constraints break ties.
function precisionOf(parts: readonly PatternPart[]): number {
  let precision = 0;
  for (const part of parts) {
    if (part.kind === 'text') precision += part.text.length * 100;
    else if (part.kind === 'parameter' && part.constraint) precision += 1;
  }
  return precision;
}

function parameterSource(parts: readonly PatternPart[], index: number, caseSensitive: boolean): string {
  const part = parts[index] as PatternPart;
  if (part.kind === 'parameter' && part.constraint) return part.constraint;
  const following = parts[index + 1];
  const stop = following?.kind === 'text' && index + 2 < parts.length ? following : undefined;
  if (stop === undefined) return '[^]+';
  // Shorter, and without a look-ahead, which analysers of regular expressions can't prove to be linear.
  const isOneCharacter = stop.text.length === 1 && caseSensitive;
  return isOneCharacter ? `[^][^${escapePattern(stop.text)}]*` : `[^](?:(?!${textSource(stop, caseSensitive)})[^])*`;
}

function countGroups(source: string): number {
  return (new RegExp(`${source}|`).exec('') as RegExpExecArray).length - 1;
}

/** Spells out both cases, because the flag `i` would apply to constraints, too. */
function textSource({ text }: Text, caseSensitive: boolean): string {
  if (caseSensitive) return escapePattern(text);
  return Array.from(text.toLowerCase(), (letter) => {
    const capital = letter.toUpperCase();
    return capital === letter ? escapePattern(letter) : `(?:${escapePattern(letter)}|${escapePattern(capital)})`;
  }).join('');
}
