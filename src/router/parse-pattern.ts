import { PatternReader } from './pattern-reader.js';
import type { Parameter, PatternSegment, Wildcard } from './pattern-segment.js';
import { plainSegments } from './plain-pattern.js';

/**
 * Parses a path pattern.
 *
 * @param owner who asks for it, for error messages
 * @throws BootstrapError when the syntax is broken, or when no path could be told apart by it.
 */
export function parsePattern(pattern: string, owner: string): PatternSegment[] {
  const plain = plainSegments(pattern);
  if (plain && !(hasSeveralNames(pattern) && repeatsName(plain))) return plain;
  const reader = new PatternReader(pattern, owner);
  const segments = reader.read();
  checkNames(reader, segments);
  checkWildcards(reader, segments);
  for (const { parts } of segments) checkNeighbours(reader, parts);
  return segments;
}

function hasSeveralNames(plain: string): boolean {
  return plain.indexOf('/:') < plain.lastIndexOf('/:');
}

function repeatsName(segments: readonly PatternSegment[]): boolean {
  const names = segments.flatMap(namesIn);
  return new Set(names).size < names.length;
}

export function namesIn(segment: PatternSegment): string[] {
  return segment.parts.filter(isNamed).map(({ name }) => name);
}

function isNamed(part: PatternSegment['parts'][number]): part is Parameter | Wildcard {
  return part.kind !== 'text';
}

function checkNames(reader: PatternReader, segments: readonly PatternSegment[]): void {
  const seen = new Set<string>();
  for (const { name, at } of segments.flatMap(({ parts }) => parts.filter(isNamed))) {
    if (seen.has(name)) reader.fail(`the parameter "${name}" twice, again`, 'Give each parameter a name of its own.', at);
    seen.add(name);
  }
}

function checkWildcards(reader: PatternReader, segments: readonly PatternSegment[]): void {
  for (const [index, { parts }] of segments.entries()) {
    const wildcard = parts.find(({ kind }) => kind === 'wildcard') as Wildcard | undefined;
    if (!wildcard) continue;
    if (parts.length > 1) reader.fail('a wildcard beside something else', 'Make it a whole segment: "/*rest".', wildcard.at);
    if (index < segments.length - 1) {
      reader.fail('a wildcard before its end', 'A wildcard takes all that follows: make it the last segment.', wildcard.at);
    }
  }
}

function checkNeighbours(reader: PatternReader, parts: PatternSegment['parts']): void {
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.kind === 'parameter' && !part.constraint && next?.kind === 'parameter') {
      reader.fail('two parameters with nothing between them', 'Put text between them, or constrain the first.', next.at);
    }
  }
}
