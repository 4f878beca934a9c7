import type { FormFile } from './form-file.js';
import type { Query } from './query.js';

/** A form that was read. */
export interface FormFields {
  /** By name; a repeated name has an array. Without inherited members. */
  readonly fields: Query;
  readonly files: readonly FormFile[];
}
