import type { RouteDescription } from '../../contracts/application-description.js';
import { type DeclaredMethod, declaredMethod } from '../../metadata/declared-types.js';
import { returnType } from '../../metadata/reflection.js';
import { namedValue } from '../schema/type-schema.js';

/** What a method answers with. */
export interface MethodResult {
  /** By the compiler's metadata, or a class that its source names. */
  readonly type: unknown;
  /** By its source alone. */
  readonly inSource: DeclaredMethod;
}

/** The compiler's word comes first where it has one: of what a promise resolves to, or a list holds, it has none. */
export function methodResult(route: RouteDescription): MethodResult {
  const type = returnType(route.controller.prototype as object, route.key);
  if (type !== undefined && !OPEN_TYPES.has(type)) return { type, inSource: {} };
  const inSource = writtenResult(route, type);
  return { type: namedValue(inSource.type) ?? type, inSource };
}

const OPEN_TYPES: ReadonlySet<unknown> = new Set([Object, Promise, Array, Function]);

/**
 * What the declared type says, else what the code does. Who is given the response may set a status, of which nothing is
 * known here.
 */
function writtenResult({ controller, key, parameters }: RouteDescription, type: unknown): DeclaredMethod {
  const { type: written, nothing = false } = declaredMethod(controller, key);
  const isOpen = parameters.some((parameter) => parameter.kind === 'response');
  if (written) return { type: written, ...(nothing && !isOpen && { nothing }) };
  const returns =
    nothing ||
    ((type === undefined || type === Promise) &&
      returnsNothing((controller.prototype as Record<string | symbol, unknown>)[key]));
  return returns && !isOpen ? { nothing: true } : {};
}

/**
 * Whether a method gives nothing, whatever happens in it: that is answered with 204. Of `Promise<void>` TypeScript
 * emits no more than of any promise, so that the code has to tell: a method without a `return` of a value has nothing
 * to give. `false` where that can't be seen, as of generators, and of functions that a decorator has put in the
 * method's place.
 */
export function returnsNothing(method: unknown): boolean {
  if (typeof method !== 'function' || /Generator/.test(Object.prototype.toString.call(method))) return false;
  const code = Function.prototype.toString.call(method);
  return !ARROW.test(code) && !code.includes('[native code]') && !VALUE.test(code.replace(COMMENT, ''));
}

/** It may give a value without the word. */
const ARROW = /^(?:async\b\s*)?(?:\(|[\w$]+\s*=>)/;

/** At the beginning of a line, where no text begins that may hold its signs; a bundler leaves them out. */
const COMMENT = /^\s*(?:\/\/.*|\/\*[^]*?\*\/)/gm;

/** Anything behind `return` in its line but what is answered as nothing. */
const VALUE = /\breturn\b(?![ \t]*(?:;|\}|\r?\n|$|(?:null|undefined|void 0)[ \t]*(?:;|\}|\r?\n|$)))/;
