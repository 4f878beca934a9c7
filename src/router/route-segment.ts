/**
 * One segment of a route's path, as {@link planPattern} makes it of a pattern: plain data, so that a build can write it
 * down.
 *
 * A string is the text of the segment, in lower case if case doesn't count.
 */
export type RouteSegment = string | NamedSegment | TestedSegment;

/** A segment that is one parameter, or a wildcard for all that follows. */
export interface NamedSegment {
  readonly name: string;
  readonly isWildcard?: true;
}

/** A segment of text and parameters, or with a constraint, as one regular expression for the decoded segment. */
export interface TestedSegment {
  readonly names: readonly string[];
  /** Equal for equal tests, however the pattern is spelled. */
  readonly source: string;
  /** The index of each parameter's capturing group, because constraints can have groups, too. */
  readonly groups: readonly number[];
  /** Higher for more precise tests. */
  readonly precision: number;
}

export function namesIn(segment: RouteSegment): readonly string[] {
  if (typeof segment === 'string') return [];
  return 'names' in segment ? segment.names : [segment.name];
}
