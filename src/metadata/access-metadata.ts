/** Who may call a method, as `@Authenticated`, `@Roles`, `@Scopes` and `@Public` declare. */
export interface AccessMetadata {
  /** Whether everyone may, authenticated or not. */
  readonly open?: boolean;
  /** The roles of which the caller needs one. */
  readonly roles?: readonly string[];
  /** The scopes of which the caller needs all. */
  readonly scopes?: readonly string[];
}
