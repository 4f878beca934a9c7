import type { ValidationDetail } from './validation-detail.js';

/** What was checked, and where it stood: a rule's message may repeat a part of it. */
export interface CheckedInput {
  /** As in the details about it. */
  readonly loc: readonly (string | number)[];
  readonly value: unknown;
}

// Beside the details and not among an exception's members: `util.inspect`, JSON and filters see no secret there.
const inputs = new WeakMap<readonly ValidationDetail[], readonly CheckedInput[]>();

/** Notes what a list of details is about, for those who must not repeat it, and gives the list. */
export function noteInputs(details: ValidationDetail[], ...checked: CheckedInput[]): ValidationDetail[] {
  inputs.set(details, checked);
  return details;
}

/** What a list of details is about, as far as it was noted. */
export function inputsOf(details: readonly ValidationDetail[]): readonly CheckedInput[] {
  return inputs.get(details) ?? [];
}
