import type { ItemIdentifier, SourceRecord } from '../contracts/record-adapter.js';

/**
 * The indexes of the records that a consumer names as failed, in the form that AWS uses: `{ batchItemFailures: [{ itemIdentifier }] }`.
 * A name that none of the records has means all of them, as it does to AWS.
 */
export function failuresIn(value: unknown, records: readonly SourceRecord[]): ReadonlySet<number> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { batchItemFailures } = value as { batchItemFailures?: unknown };
  if (!Array.isArray(batchItemFailures)) return undefined;
  const indexes = new Map(records.map(({ identifier, id }, index) => [nameOf(identifier ?? id), index]));
  const named = batchItemFailures.map((item) => indexes.get(nameOf((Object(item) as { itemIdentifier?: unknown }).itemIdentifier)));
  return new Set(named.every((index) => index !== undefined) ? named : records.keys());
}

function nameOf(identifier: unknown): string {
  if (typeof identifier === 'string') return identifier;
  const { partition, offset } = Object(identifier) as Partial<Exclude<ItemIdentifier, string>>;
  return `${partition}:${offset}`;
}
