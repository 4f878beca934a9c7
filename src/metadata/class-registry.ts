/**
 * The key under which all copies of the package, and the module that stands in for reflect-metadata in bundles, keep
 * one list.
 */
const CLASSES = Symbol.for('lambent.classes');

function registry(): Set<Function> {
  return ((globalThis as { [CLASSES]?: Set<Function> })[CLASSES] ??= new Set());
}

/** Adds a class to {@link decoratedClasses}, where it is not yet. */
export function registerClass(type: Function): void {
  registry().add(type);
}

/**
 * Returns the decorated classes in the order of their first decorator. An emitted plan finds classes by their position,
 * because they may not be exported.
 */
export function decoratedClasses(): Function[] {
  return [...registry()];
}
