/** What happened to an item: the content of a DynamoDB record, for `@Body()`. */
export interface DynamoDbChange<Item = Record<string, unknown>, Keys = Record<string, unknown>> {
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  keys: Keys;
  /** The item as it is now; absent after REMOVE, and where the stream's view type leaves it out. */
  newImage?: Item | undefined;
  /** The item as it was; absent after INSERT, and where the stream's view type leaves it out. */
  oldImage?: Item | undefined;
}
