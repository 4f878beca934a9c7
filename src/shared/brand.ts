const BRAND = Symbol.for('lambent.brand');
export const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];

export function hasMark(value: unknown, mark: symbol): boolean {
  return typeof value === 'object' && value !== null && mark in value;
}

/**
 * Makes a class recognisable across copies of the package.
 *
 * Older Lambda runtimes may load the ESM and the CommonJS build side by side. With a brand, `instanceof`
 * accepts instances of the other copy's class, and {@link brandOf} gives both classes the same name.
 * Subclasses keep ordinary `instanceof`.
 */
export function brand(target: { readonly prototype: object }, name: string): void {
  const mark = Symbol.for(`lambent.${name}`);
  Object.defineProperty(target.prototype, mark, { value: true });
  Object.defineProperty(target, BRAND, { value: name });
  Object.defineProperty(target, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== target) return ordinaryHasInstance.call(this, value);
      return hasMark(value, mark);
    },
  });
}

/** Returns the name a class was branded with; `undefined` for other values and for subclasses of branded classes. */
export function brandOf(target: unknown): string | undefined {
  return typeof target === 'function' && Object.hasOwn(target, BRAND)
    ? (target as { readonly [BRAND]?: string })[BRAND]
    : undefined;
}

/**
 * Whether a value is a class branded with a name, a subclass of one, or an instance of either. Needs only the name, so
 * that a bundle does not load the class.
 */
export function isBranded(value: unknown, name: string): boolean {
  return hasMark(typeof value === 'function' ? value.prototype : value, Symbol.for(`lambent.${name}`));
}
