/** The value of an event's member when it is the string that it should be. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
