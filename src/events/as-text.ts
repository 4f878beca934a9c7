/** Text, or the text of a number or a boolean: people who write events by hand put `10` where AWS sends `"10"`. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
