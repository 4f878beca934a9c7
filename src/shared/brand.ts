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

/** The name a class was branded with, `undefined` for every other value and for subclasses of branded classes. */
export function brandOf(target: unknown): string | undefined {
  return typeof target === 'function' && Object.hasOwn(target, BRAND)
    ? (target as unknown as Record<symbol, string>)[BRAND]
    : undefined;
}

/**
 * Whether a value is an instance, or a class, that is branded with the name or extends one that is; without the class
 * at hand, which a bundle would have to load.
 */
export function isBranded(value: unknown, name: string): boolean {
  return hasMark(typeof value === 'function' ? value.prototype : value, Symbol.for(`lambent.${name}`));
}
