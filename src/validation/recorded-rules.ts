/** The record of class-validator about one rule. */
export type RecordedRule = Readonly<Record<string, unknown>>;

/** The record of class-validator about a validator. Its `instance` is made by the first look at it. */
export interface RecordedConstraint {
  readonly name: string;
  readonly instance: unknown;
}

interface RecordedStorage {
  readonly validationMetadatas?: ReadonlyMap<unknown, readonly RecordedRule[]>;
  readonly constraintMetadatas?: ReadonlyMap<unknown, readonly RecordedConstraint[]>;
}

/** The library keeps its storage there, so that there is one for all copies of it. */
function storage(): RecordedStorage {
  return (globalThis as { classValidatorMetadataStorage?: RecordedStorage }).classValidatorMetadataStorage ?? {};
}

/**
 * Returns the rules of a class itself, without those it inherits, in the order of their decorators. Imports nothing of
 * class-validator.
 */
export function recordedRules(type: unknown): readonly RecordedRule[] {
  return storage().validationMetadatas?.get(type) ?? [];
}

/** Returns the validators of a rule. */
export function recordedConstraints({ constraintCls }: RecordedRule): readonly RecordedConstraint[] {
  return storage().constraintMetadatas?.get(constraintCls) ?? [];
}
