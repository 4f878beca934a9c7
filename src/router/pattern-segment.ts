export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  /** The source of the regular expression that the decoded value must match. */
  readonly constraint?: string;
  /** Where it stands in the pattern, for error messages. */
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
  /** In lower case, and found in any. */
  readonly anyCase?: boolean;
}

export type PatternPart = Text | Parameter | Wildcard;

/** What stands between two slashes of a pattern. */
export interface PatternSegment {
  readonly parts: readonly PatternPart[];
  readonly optional: boolean;
}

/**
 * A segment of text and parameters, or with a constraint, as one regular expression over the decoded segment.
 *
 * What the framework itself writes into it can't backtrack beyond one pass: a parameter ends at the first
 * occurrence of the text after it, and the last one takes what is left.
 */
export class SegmentTest {
  /** The same for every spelling of the same test. */
  readonly source: string;
  readonly #expression: RegExp;
  /** The capturing group of each parameter: a constraint may have groups of its own. */
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

  /** Hands the values of the parameters over when the segment passes. */
  read(segment: string, search: { take(value: string): void }): boolean {
    const found = this.#expression.exec(segment);
    if (!found) return false;
    for (const group of this.#groups) search.take(found[group] as string);
    return true;
  }

  /** Sorts the more precise first. */
  static compare(a: SegmentTest, b: SegmentTest): number {
    return b.#precision - a.#precision;
  }
}

// More literal text is more precise; constraints decide between equals.
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
  // Shorter, and without a look-ahead, which no analysis of regular expressions can prove to be linear.
  const isOneCharacter = stop.text.length === 1 && !stop.anyCase;
  return isOneCharacter ? `[^][^${escape(stop.text)}]*` : `[^](?:(?!${textSource(stop)})[^])*`;
}

function countGroups(source: string): number {
  return (new RegExp(`${source}|`).exec('') as RegExpExecArray).length - 1;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** A flag would hold for the constraints, too. */
function textSource({ text, anyCase }: Text): string {
  if (!anyCase) return escape(text);
  return Array.from(text, (letter) => {
    const capital = letter.toUpperCase();
    return capital === letter ? escape(letter) : `(?:${escape(letter)}|${escape(capital)})`;
  }).join('');
}
