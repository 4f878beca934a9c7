import type { PatternSegment } from './pattern-segment.js';

/**
 * Every pattern that a pattern with optional segments stands for. Those that keep earlier segments come first,
 * so that `/:a?/:b?` gives a lone segment to `a`.
 */
export function expandOptional(segments: readonly PatternSegment[]): PatternSegment[][] {
  if (!segments.some(({ optional }) => optional)) return [[...segments]];
  const [head, ...tail] = segments;
  if (!head) return [[]];
  const rest = expandOptional(tail);
  const kept = rest.map((others) => [head, ...others]);
  return head.optional ? [...kept, ...rest] : kept;
}
