/**
 * The key of the method by which a value of a plan writes itself as source text, where it is neither plain data nor a
 * value that the application's modules hold: the reader of a DTO class, for example.
 */
export const EMIT = Symbol.for('lambent.emit');

/**
 * The key of a remark about such a value, which `lambent build --explain` prints: what it leaves to a library, and why.
 */
export const EMIT_NOTE = Symbol.for('lambent.emit.note');

/** A value of a plan that writes itself as an expression. */
export interface Emittable {
  /** @throws NotEmittable if it, or something it refers to, has no expression. */
  readonly [EMIT]: (scope: EmitScope) => string;
  readonly [EMIT_NOTE]?: string;
}

/** The module that `lambent build` writes a plan into. */
export interface EmitScope {
  /**
   * Returns an expression for a value: plain data as a literal, a class, or a function or an object that a decorator
   * was given by where it stands in the metadata.
   *
   * @param what Names the value for the report, as in `the guard of OrdersController`.
   * @throws NotEmittable if the value can't be found again at the start.
   */
  value(value: unknown, what: string): string;
  /**
   * Returns the name of an export of the framework, which the module then imports.
   *
   * @param module Its path in `src/` without an extension, as in `validation/plain-input`.
   */
  imported(module: string, name: string): string;
  /** Adds a declaration to the module, and returns the name that it declares: `hint`, made unique. */
  declare(hint: string, text: (name: string) => string): string;
}

/** Thrown for a value that has no expression: the build then goes on without a plan, and says why. */
export class NotEmittable extends Error {
  override readonly name = 'NotEmittable';
}
