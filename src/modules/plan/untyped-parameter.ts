import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { constructorOwner } from '../../metadata/reflection.js';
import { describeToken } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { DependencyRequest } from './dependency-requests.js';
import { hasTsyringeInjections } from './tsyringe-decorators.js';

/** Types that are too general to be a token. */
const GENERAL_TYPES: ReadonlySet<unknown> = new Set([
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Array,
  Promise,
  Date,
  Map,
  Set,
]);

/** Explains why the type of a parameter can't be a token; `undefined` when it can. */
export function untypedParameter(
  { token, untyped }: DependencyRequest,
  type: Constructor | undefined,
): string | undefined {
  if (token === undefined || token === null) return untyped && type ? noTypes(type) : undefinedType(String(token));
  if (token === Object || token === Function) return typeOnly(describeToken(token));
  if (!GENERAL_TYPES.has(token)) return undefined;
  return (
    `its type is ${describeToken(token)}, which does not identify a provider: provide the value under a token ` +
    `and write @Inject(TOKEN) before the parameter, or @Optional() if it has a default.`
  );
}

function noTypes(type: Constructor): string {
  const owner = constructorOwner(type);
  const start = `its type is unknown: the compiler emitted no parameter types for ${owner.name}. `;
  if (owner !== type && !isDecorated(owner)) return `${start}${inheritedConstructor(type, owner)}`;
  if (!isDecorated(type))
    return `${start}Add @Injectable() to the class: compilers emit types only for decorated classes.`;
  return (
    `${start}Enable "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json, or for swc ` +
    `"jsc.transform.legacyDecorator" and "jsc.transform.decoratorMetadata". ` +
    `esbuild, tsx and Node's type stripping can't emit types: there, write @Inject(Token) before each parameter.`
  );
}

function inheritedConstructor({ name }: Constructor, { name: parent }: Constructor): string {
  return (
    `${name} has no constructor of its own and uses that of ${parent}. Add @Injectable() to ${parent}; or, if it ` +
    `should be given nothing, add a constructor to ${name}: constructor() { super(); }`
  );
}

function isDecorated(type: Constructor): boolean {
  const { injectable, controller, module, injections, properties, methods } = mergedMetadata(type);
  const declared = injectable ?? controller ?? module;
  return declared !== undefined || injections.size + properties.size + methods.size > 0 || hasTsyringeInjections(type);
}

function undefinedType(shown: string): string {
  return (
    `its token is ${shown}, because two files that import each other were still loading when it was read: ` +
    `write forwardRef(() => TheClass) instead; for a parameter, write @Inject(forwardRef(() => TheClass)) and the ` +
    `type Ref<TheClass>.`
  );
}

function typeOnly(emitted: string): string {
  return (
    `the compiler emitted ${emitted} as its type, so it is an interface, a union, a class imported with ` +
    `"import type", or a class of a file that imports this one. Import the class as a value, write @Inject(TOKEN) ` +
    `for an interface, or @Inject(forwardRef(() => TheClass)) for a circular import.`
  );
}
