import { classMetadata } from '../metadata/class-metadata.js';
import { constructorOwner } from '../metadata/constructor-owner.js';
import type { Constructor } from '../shared/types.js';
import type { DependencyRequest } from './dependency-request.js';
import { hasTsyringeInjections } from './tsyringe-injection.js';

const SAYS_NOTHING: ReadonlySet<unknown> = new Set([String, Number, Boolean, BigInt, Symbol, Array, Promise, Date, Map, Set]);

/** Why the type of a parameter can't be a token; `undefined` when it can. */
export function untypedParameter({ token, untyped }: DependencyRequest, type: Constructor | undefined): string | undefined {
  if (token === undefined || token === null) return untyped && type ? noTypes(type) : undefinedType(String(token));
  if (token === Object || token === Function) return typeOnly((token as Constructor).name);
  if (!SAYS_NOTHING.has(token)) return undefined;
  return (
    `its type is ${(token as Constructor).name}, which does not say which one is meant: ` +
    `provide the value under a token and write @Inject(TOKEN) before it, or @Optional() if it has a default.`
  );
}

function noTypes(type: Constructor): string {
  const owner = constructorOwner(type);
  const start = `its type is not known: the compiler emitted no parameter types for ${owner.name}. `;
  if (owner !== type && !isDecorated(owner)) return `${start}${inherited(type, owner)}`;
  if (!isDecorated(type)) return `${start}Put @Injectable() on the class: types are emitted for decorated classes only.`;
  return (
    `${start}Turn on "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json, or with swc ` +
    `"jsc.transform.legacyDecorator" and "jsc.transform.decoratorMetadata". ` +
    `esbuild, tsx and Node's own type stripping can't emit types: there, write @Inject(Token) before each parameter.`
  );
}

function inherited({ name }: Constructor, { name: parent }: Constructor): string {
  return (
    `${name} has no constructor of its own, so ${parent}'s counts. Put @Injectable() on ${parent}; or, if it is to be given nothing, ` +
    `give ${name} a constructor: constructor() { super(); }`
  );
}

function isDecorated(type: Constructor): boolean {
  const { injectable, controller, module, injections, properties, methods } = classMetadata(type);
  const declared = injectable ?? controller ?? module;
  return declared !== undefined || injections.size + properties.size + methods.size > 0 || hasTsyringeInjections(type);
}

function undefinedType(shown: string): string {
  return (
    `its token is ${shown}, because two files that import each other were still being loaded when it was read: ` +
    `write forwardRef(() => TheClass) in its place; for a parameter that is @Inject(forwardRef(() => TheClass)), ` +
    `and its type Ref<TheClass>.`
  );
}

function typeOnly(emitted: string): string {
  return (
    `the compiler emitted ${emitted} as its type, so it is an interface, a union, a class imported with "import type", ` +
    `or a class of a file that imports this one. Import the class as a value, write @Inject(TOKEN) for an interface, ` +
    `or @Inject(forwardRef(() => TheClass)) for a circle of files.`
  );
}
