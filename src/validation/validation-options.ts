import type { ValidatorOptions } from 'class-validator';
import { flag, listOf, type Rules, text } from '../errors/option-rules.js';

/** How DTOs are checked; the names and meanings are class-validator's. */
export interface ValidationOptions {
  /** Takes off members that no rule knows. */
  whitelist?: boolean;
  /** With `whitelist`: refuses them instead, a detail each. */
  forbidNonWhitelisted?: boolean;
  /** Only rules of these groups, and those marked `always`, apply. */
  groups?: string[];
}

export const VALIDATION_RULES: Rules<ValidationOptions> = {
  whitelist: flag,
  forbidNonWhitelisted: flag,
  groups: listOf(text),
};

/** The options as `validate` takes them: of those given only ours, for a pipe's are its own as well. */
export function librarySettings({ whitelist, forbidNonWhitelisted, groups }: ValidationOptions): ValidatorOptions {
  return { whitelist, forbidNonWhitelisted, groups, validationError: { target: false } };
}
