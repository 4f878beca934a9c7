import { escapePattern } from '../shared/escape-pattern.js';

export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  /** The source of a regular expression that the decoded value must match. */
  readonly constraint?: string;
  /** Its index in the pattern, for error messages. */
  readonly at: number;
}

export interface Wildcard {
  readonly kind: 'wildcard';
  readonly name: string;
  readonly at: number;
}

interface Text {
  readonly kind: 'text';
  /** Decoded. */
  readonly text: string;
  /** Whether the text, which is then in lower case, matches in any case. */
  readonly anyCase?: boolean;
}

export type PatternPart = Text | Parameter | Wildcard;

/** The part of a pattern between two slashes. */
export interface PatternSegment {
  readonly parts: readonly PatternPart[];
  readonly optional: boolean;
}

/**
 * A segment of text and parameters, or with a constraint, as one regular expression for the decoded segment.
 *
 * Apart from users' constraints, it can't backtrack beyond one pass: a parameter ends at the first occurrence of the
 * text after it, and the last one takes the rest.
 */
export class SegmentTest {
  /** Equal for equal tests, however the pattern is spelled. */
  readonly source: string;
  readonly #expression: RegExp;
  /** The index of each parameter's capturing group, because constraints can have groups, too. */
  readonly #groups: number[] = [];
  readonly #precision: number;

  constructor(parts: readonly PatternPart[]) {
    let groups = 1;
    const sources = parts.map((part, index) => {
      if (part.kind === 'text') return textSource(part);
      const source = `(${parameterSource(parts, index)})`;
      this.#groups.push(groups);
      groups += countGroups(source);
      return source;
    });
    this.source = sources.join('');
    this.#expression = new RegExp(`^${this.source}$`);
    this.#precision = precisionOf(parts);
  }

  /** Tests a segment. If it matches, passes the values of the parameters to `search`. */
  read(segment: string, search: { take(value: string): void }): boolean {
    const found = this.#expression.exec(segment);
    if (!found) return false;
    for (const group of this.#groups) search.take(found[group] as string);
    return true;
  }

  /** Sorts more precise tests first. */
  static compare(a: SegmentTest, b: SegmentTest): number {
    return b.#precision - a.#precision;
  }
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

function parameterSource(parts: readonly PatternPart[], index: number): string {
  const part = parts[index] as PatternPart;
  if (part.kind === 'parameter' && part.constraint) return part.constraint;
  const following = parts[index + 1];
  const stop = following?.kind === 'text' && index + 2 < parts.length ? following : undefined;
  if (stop === undefined) return '[^]+';
  // Shorter, and without a look-ahead, which analysers of regular expressions can't prove to be linear.
  const isOneCharacter = stop.text.length === 1 && !stop.anyCase;
  return isOneCharacter ? `[^][^${escapePattern(stop.text)}]*` : `[^](?:(?!${textSource(stop)})[^])*`;
}

function countGroups(source: string): number {
  return (new RegExp(`${source}|`).exec('') as RegExpExecArray).length - 1;
}

/** Spells out both cases, because the flag `i` would apply to constraints, too. */
function textSource({ text, anyCase }: Text): string {
  if (!anyCase) return escapePattern(text);
  return Array.from(text, (letter) => {
    const capital = letter.toUpperCase();
    return capital === letter ? escapePattern(letter) : `(?:${escapePattern(letter)}|${escapePattern(capital)})`;
  }).join('');
}
