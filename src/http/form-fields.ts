import type { FormFile } from './form-file.js';
import { nestedRecord } from './nested-record.js';
import { recordOf } from './query.js';

/** A form that was read. */
export interface FormFields {
  /** By name; a repeated name has an array. Without inherited members. Text, but for parts of a multipart form that are JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly FormFile[];
}

export type FieldPair = readonly [name: string, value: unknown];

/** The fields of a form by name, or by the brackets in their names. */
export function fieldsOf(pairs: readonly FieldPair[], nested: boolean | undefined): FormFields['fields'] {
  return nested ? nestedRecord(pairs) : recordOf(pairs);
}
