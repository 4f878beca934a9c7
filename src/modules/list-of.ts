/** The factory of the list that a token of multi-providers injects. Plans name it, so it is no closure. */
export function listOf(...items: readonly unknown[]): unknown[] {
  return [...items];
}
