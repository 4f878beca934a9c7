export type OneOrMany<T> = T | readonly T[];

export function listOf<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
