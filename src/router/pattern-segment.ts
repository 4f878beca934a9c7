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

export interface Text {
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
