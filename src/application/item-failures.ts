/** The records that a batch consumer names as failed, in the form that AWS uses: `{ batchItemFailures: [{ itemIdentifier }] }`. */
export function failuresIn(value: unknown): ReadonlySet<unknown> | undefined {
  const { batchItemFailures } = Object(value) as { batchItemFailures?: unknown };
  if (!Array.isArray(batchItemFailures)) return undefined;
  return new Set(batchItemFailures.map((item) => (Object(item) as { itemIdentifier?: unknown }).itemIdentifier));
}
