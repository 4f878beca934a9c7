import type { CheckingOptions } from './validation-options.js';

/** Whether no rule but `@IsDefined` applies to a value. */
export function isSkipped(options: CheckingOptions, value: unknown): boolean {
  const { skipUndefinedProperties, skipNullProperties, skipMissingProperties } = options;
  if (value === undefined) return Boolean(skipUndefinedProperties || skipMissingProperties);
  return value === null && Boolean(skipNullProperties || skipMissingProperties);
}
