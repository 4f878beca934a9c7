import type { DurationUnit } from './duration.js';

/** How the text of a value is read. */
export type ConfigFormat =
  /** As one value of a type such as `Number`; without a type, as it is. */
  | { readonly kind: 'one'; readonly type: unknown }
  /** As values that commas separate. */
  | { readonly kind: 'list'; readonly type: unknown }
  | { readonly kind: 'duration'; readonly unit: DurationUnit }
  | { readonly kind: 'json' };

export const JSON_FORMAT: ConfigFormat = { kind: 'json' };
