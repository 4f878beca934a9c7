/** What one event (one record, in batches) keeps its request-scoped instances in. */
export interface EventScope {
  /** By provider, made when the first of them is: an event that needs none allocates nothing. */
  scoped: Map<object, unknown> | undefined;
}
