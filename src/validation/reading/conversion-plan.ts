/** The conversions of members to their declared types, for instances of a class that were built from strings. */
export interface ConversionPlan {
  /** The properties with nested objects, and their names in the input. */
  readonly nested: readonly { readonly name: string; readonly key: string }[];
  readonly properties: readonly ConvertedProperty[];
}

export interface ConvertedProperty {
  readonly name: string;
  /** The name in the input, which `@Expose` may change. */
  readonly key: string;
  /** `Number`, `Boolean`, `Date`, `BigInt` or `String`; `undefined` for a list of anything. */
  readonly type: unknown;
  readonly list: boolean;
  /** Whether a `@Transform` builds the value. */
  readonly transformed: boolean;
}
