import { BootstrapError } from '../../errors/bootstrap-error.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import { constructorOwner } from '../../metadata/reflection.js';
import { ProvidedToken } from '../../shared/provider.js';
import { describeToken, isForwardReference, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { nameOf } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import type { ProviderDefiner } from './define-providers.js';
import { type DependencyRequest, methodRequests, requestsOf } from './dependency-requests.js';
import type { HandlerPlan, ModuleNode } from './module-node.js';
import type { PlannedDependency, PlannedProvider } from './planned-provider.js';
import { hasTsyringeInjections, withoutDelay } from './tsyringe-decorators.js';
import { isProvidedByOtherContainer, unknownDependency } from './unknown-dependency.js';

/** Connects every provider to the providers it depends on. */
export class ProviderLinker {
  readonly #hasItems: boolean;

  /**
   * @param nodes All modules, for the advice in error messages.
   * @param complete Whether every import is known; an unknown one may provide what is missing.
   * @param definer Defines the providers that come with tokens.
   */
  constructor(
    private readonly nodes: readonly ModuleNode[],
    private readonly complete: boolean,
    private readonly definer: ProviderDefiner,
  ) {
    this.#hasItems = nodes.some(({ items }) => items.size > 0);
  }

  /** @throws BootstrapError when a dependency is not visible in the module. */
  link(node: ModuleNode): void {
    for (const plan of node.plans) this.#link(node, plan);
    for (const handler of node.handlers) this.#checkMethods(node, handler);
    for (const [item] of node.items.values()) this.#list(node, item!.definition.provide);
  }

  /** Adds the lists of multi-providers that the root module sees, for `app.get(token)`. */
  linkRoot(root: ModuleNode): void {
    for (const token of root.visibleItemTokens) this.#list(root, token as Token);
  }

  #link(node: ModuleNode, plan: PlannedProvider): void {
    const { definition } = plan;
    const name = nameOf(plan);
    const type = 'useClass' in definition ? definition.useClass : undefined;
    plan.dependencies = requestsOf(definition).map((request) => this.#find(node, request, { name, type }));
  }

  #checkMethods(node: ModuleNode, { type }: HandlerPlan): void {
    for (const request of methodRequests(type))
      this.#find(node, request, { name: `${type.name}.${request.method}`, type });
  }

  #find(node: ModuleNode, request: DependencyRequest, dependant: Dependant): PlannedDependency {
    const given = withoutDelay(request.token);
    const forward = isForwardReference(given);
    const token = forward ? given.forwardRef() : given;
    const target = token === undefined ? undefined : this.#target(node, token as Token);
    if (!target && (!request.optional || isProvidedByOtherContainer(token)))
      this.#refuse(node, { ...request, token }, dependant);
    const { property } = request;
    return { target, deferred: false, ...(forward && { forward }), ...(property !== undefined && { property }) };
  }

  #target(node: ModuleNode, token: Token): PlannedProvider | undefined {
    return this.#list(node, token) ?? node.find(token) ?? this.#provided(node, token);
  }

  /** Returns the list of multi-providers that a token means in a module. */
  #list(node: ModuleNode, token: Token): PlannedProvider | undefined {
    const key = tokenKey(token);
    const items = this.#hasItems ? node.itemsOf(key) : [];
    if (items.length === 0 || node.linked.has(key)) return node.linked.get(key);
    const plain = node.find(token);
    if (plain) throw new BootstrapError(mixed(plain, items[0]!, node));
    return this.definer.defineList(node, token, items);
  }

  #provided(node: ModuleNode, token: unknown): PlannedProvider | undefined {
    if (!(token instanceof ProvidedToken)) return undefined;
    const known = node.injectables.get(token);
    if (known) return known;
    const plan = this.definer.defineProvided(node, token);
    this.#link(node, plan);
    return plan;
  }

  #refuse(node: ModuleNode, request: DependencyRequest, { name, type }: Dependant): void {
    const untyped = untypedParameter(request, type);
    if (!untyped && !this.complete) return;
    const place = `${name} in ${node.name}`;
    if (untyped) throw new BootstrapError(`${place} can't be given its ${request.place()}: ${untyped}`);
    const needs = `${place} needs ${describeToken(request.token)} (${request.place()})`;
    throw new BootstrapError(`${needs}, but ${unknownDependency(request.token, node, this.nodes)}`);
  }
}

function mixed(plain: PlannedProvider, item: PlannedProvider, { name }: ModuleNode): string {
  return (
    `${nameOf(plain)} means two things in ${name}: one provider of ${plain.moduleName}, and a list, because ` +
    `${item.moduleName} provides it with multi: true. Use two tokens, or multi: true in both modules.`
  );
}

/** What declares a dependency: a provider, or a controller method. */
interface Dependant {
  readonly name: string;
  readonly type: Constructor | undefined;
}

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
function untypedParameter({ token, untyped }: DependencyRequest, type: Constructor | undefined): string | undefined {
  if (token === undefined || token === null) return untyped && type ? noTypes(type) : undefinedType(String(token));
  if (token === Object || token === Function) return typeOnly((token as Constructor).name);
  if (!GENERAL_TYPES.has(token)) return undefined;
  return (
    `its type is ${(token as Constructor).name}, which does not identify a provider: provide the value under a token ` +
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
  const { injectable, controller, module, injections, properties, methods } = classMetadata(type);
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
