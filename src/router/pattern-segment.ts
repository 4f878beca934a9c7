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

export interface Text {
  readonly kind: 'text';
  /** Decoded. */
  readonly text: string;
}

export type PatternPart = Text | Parameter | Wildcard;

/** The part of a pattern between two slashes. */
export interface PatternSegment {
  readonly parts: readonly PatternPart[];
  readonly optional: boolean;
}
