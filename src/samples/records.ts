import { isJsonObject } from '../shared/json-values.js';

/** Changed members of a record, at any depth. */
export type RecordChanges<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] ? T[K] : T[K] extends object ? RecordChanges<T[K]> : T[K];
};

/** Changes of sample records, the same for all of them or by index. */
export type SampleChanges<T> = RecordChanges<T> | ((index: number) => RecordChanges<T>);

/** Builds one record per content and applies the changes. */
export function sampleRecords<C, T extends object>(
  contents: readonly C[],
  make: (content: C, index: number) => T,
  changes: SampleChanges<T> = {},
): T[] {
  return contents.map((content, index) =>
    merged(make(content, index), typeof changes === 'function' ? changes(index) : changes),
  );
}

function merged<T extends object>(base: T, changes: object): T {
  const members = Object.entries(changes).map(([name, value]: [string, unknown]) => {
    const before = (base as Record<string, unknown>)[name];
    return [name, isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value];
  });
  return { ...base, ...(Object.fromEntries(members) as object) };
}

/** Returns text as it is, bytes decoded as UTF-8, and anything else as JSON. */
export function textContent(content: unknown): string {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  return typeof content === 'string' ? content : JSON.stringify(content);
}

/** Returns the content in base64: bytes as they are, anything else as text. */
export function base64Content(content: unknown): string {
  const bytes = content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(textContent(content));
  return bytes.toString('base64');
}
