import type { RouteDescription } from '../../contracts/application-description.js';
import { type DeclaredMethod, declaredMethod } from '../../metadata/declared-types.js';
import { returnType } from '../../metadata/reflection.js';
import { methodOf } from '../../shared/class-methods.js';
import { namedValue } from '../schema/type-schema.js';

/** The result of a controller method. */
export interface MethodResult {
  /** From the compiler's metadata, or the class that its source names. */
  readonly type: unknown;
  /** From its source only. */
  readonly inSource: DeclaredMethod;
}

/** Prefers the compiler's metadata, which does not tell what a promise resolves to or a list holds. */
export function methodResult(route: RouteDescription): MethodResult {
  const type = returnType(route.controller.prototype, route.key);
  if (type !== undefined && !OPEN_TYPES.has(type)) return { type, inSource: {} };
  const inSource = writtenResult(route, type);
  return { type: namedValue(inSource.type) ?? type, inSource };
}

const OPEN_TYPES: ReadonlySet<unknown> = new Set([Object, Promise, Array, Function]);

/**
 * Reads the declared type, else the code. A method that is given the response may set a status that is unknown here.
 */
function writtenResult({ controller, key, parameters }: RouteDescription, type: unknown): DeclaredMethod {
  const { type: written, nothing = false } = declaredMethod(controller, key);
  const isOpen = parameters.some((parameter) => parameter.kind === 'response');
  if (written) return { type: written, ...(nothing && !isOpen && { nothing }) };
  const returns =
    nothing || ((type === undefined || type === Promise) && returnsNothing(methodOf(controller.prototype, key)));
  return returns && !isOpen ? { nothing: true } : {};
}

/**
 * Whether a method never returns a value, so that its response is 204. For `Promise<void>` TypeScript emits the same as
 * for any promise, so the code decides: a method without a `return` of a value returns nothing. `false` where that
 * cannot be seen, as for generators, and for functions with which a decorator has replaced the method.
 */
export function returnsNothing(method: unknown): boolean {
  if (typeof method !== 'function' || /Generator/.test(Object.prototype.toString.call(method))) return false;
  const code = Function.prototype.toString.call(method);
  return !ARROW.test(code) && !code.includes('[native code]') && !VALUE.test(code.replace(COMMENT, ''));
}

/** An arrow function may return a value without `return`. */
const ARROW = /^(?:async\b\s*)?(?:\(|[\w$]+\s*=>)/;

/** A comment at the start of a line, where no string starts that could contain its signs. Bundlers remove comments. */
const COMMENT = /^\s*(?:\/\/.*|\/\*[^]*?\*\/)/gm;

/** Anything after `return` on its line, except what responds with nothing. */
const VALUE = /\breturn\b(?![ \t]*(?:;|\}|\r?\n|$|(?:null|undefined|void 0)[ \t]*(?:;|\}|\r?\n|$)))/;
