import { BootstrapError } from '../../errors/bootstrap-error.js';
import { classMetadata, type InjectionMetadata } from '../../metadata/class-metadata.js';
import { constructorOwner, constructorTypes, parameterTypes, propertyType } from '../../metadata/reflection.js';
import { type FactoryDependency, ProvidedToken } from '../../shared/provider.js';
import { describeToken, isForwardReference } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { ProviderDefiner } from './define-providers.js';
import type { HandlerPlan, ModuleNode } from './module-node.js';
import type { Definition, Dependency, ProviderPlan } from './provider-plan.js';
import { hasTsyringeInjections, tsyringeInjection, withoutDelay } from './tsyringe-decorators.js';
import { isElsewhere, unknownDependency } from './unknown-dependency.js';

/** Gives every provider the providers that it depends on. */
export class ProviderLinker {
  /**
   * @param nodes All modules, for advice.
   * @param complete Whether every import is known: while some are not, what is missing may come with them.
   * @param definer For tokens that bring their provider along.
   */
  constructor(
    private readonly nodes: readonly ModuleNode[],
    private readonly complete: boolean,
    private readonly definer: ProviderDefiner,
  ) {}

  /** @throws BootstrapError when something that is asked for is not visible in the module. */
  link(node: ModuleNode): void {
    for (const plan of node.plans) this.#link(node, plan);
    for (const handler of node.handlers) this.#checkMethods(node, handler);
  }

  #link(node: ModuleNode, plan: ProviderPlan): void {
    const type = classOf(plan.definition);
    plan.dependencies = requestsOf(plan.definition).map((request) =>
      this.#find(node, request, { who: plan.name, type }),
    );
  }

  #checkMethods(node: ModuleNode, { type }: HandlerPlan): void {
    for (const request of methodRequests(type))
      this.#find(node, request, { who: `${type.name}.${request.method}`, type });
  }

  #find(node: ModuleNode, request: DependencyRequest, asker: Asker): Dependency {
    const given = withoutDelay(request.token);
    const forward = isForwardReference(given);
    const token = isForwardReference(given) ? given.forwardRef() : given;
    const target = token === undefined ? undefined : (node.find(token) ?? this.#provided(node, token));
    if (!target && (!request.optional || isElsewhere(token))) this.#refuse(node, { ...request, token }, asker);
    return { target, forward, deferred: false, property: request.property };
  }

  #provided(node: ModuleNode, token: unknown): ProviderPlan | undefined {
    if (!(token instanceof ProvidedToken)) return undefined;
    const known = node.injectables.get(token);
    if (known) return known;
    const plan = this.definer.defineProvided(node, token);
    this.#link(node, plan);
    return plan;
  }

  #refuse(node: ModuleNode, request: DependencyRequest, { who, type }: Asker): void {
    const untyped = untypedParameter(request, type);
    if (!untyped && !this.complete) return;
    const place = `${who} in ${node.name}`;
    if (untyped) throw new BootstrapError(`${place} can't be given its ${request.place()}: ${untyped}`);
    const needs = `${place} needs ${describeToken(request.token)} (${request.place()})`;
    throw new BootstrapError(`${needs}, but ${unknownDependency(request.token, node, this.nodes)}`);
  }
}

/** Who asks, for messages. */
interface Asker {
  readonly who: string;
  readonly type: Constructor | undefined;
}

function classOf(definition: Definition): Constructor | undefined {
  return 'useClass' in definition ? definition.useClass : undefined;
}

function requestsOf(definition: Definition): DependencyRequest[] {
  if ('useClass' in definition) return classRequests(definition.useClass);
  if ('useFactory' in definition) return factoryRequests(definition.inject);
  if ('useExisting' in definition)
    return [{ token: definition.useExisting, optional: false, place: () => 'useExisting' }];
  return [];
}

/** What a class or a factory asks for, before anybody has looked whether it is there. */
interface DependencyRequest {
  /** A token or a forward reference; for what is injected by its type whatever the compiler emitted. */
  readonly token: unknown;
  readonly optional: boolean;
  /** Set on the instance once it is made; without it the dependency is the next argument. */
  readonly property?: string | symbol;
  /** Where it is asked for, as in `constructor parameter 0 (orders)`; for messages, so worked out on demand. */
  readonly place: () => string;
  /** The class or method lacks the types that the compiler should have emitted. */
  readonly untyped?: boolean;
}

/** What a factory's `inject` asks for. */
function factoryRequests(inject: readonly FactoryDependency[] = []): DependencyRequest[] {
  return inject.map((entry, index) => {
    const place = () => `inject[${index}]`;
    if (typeof entry === 'object' && entry !== null && 'token' in entry) return { ...entry, place };
    return { token: entry, optional: false, place };
  });
}

/** What a class asks for in its constructor and on its properties, by our decorators, tsyringe's, or its types. */
function classRequests(type: Constructor): DependencyRequest[] {
  return [...constructorRequests(type), ...propertyRequests(type)];
}

function constructorRequests(type: Constructor): DependencyRequest[] {
  const declaring = constructorOwner(type);
  const types = constructorTypes(type);
  const { injections } = classMetadata(type);
  // `length` stops before the first default, the types do not.
  let count = Math.max(declaring.length, types?.length ?? 0);
  for (const index of injections.keys()) count = Math.max(count, index + 1);
  return Array.from({ length: count }, (_, index) => ({
    ...injectionOf({ ...tsyringeInjection(declaring, index), ...injections.get(index) }, types?.[index]),
    untyped: types === undefined,
    place: () => `constructor parameter ${index + 1}${parameterName(declaring, index)}`,
  }));
}

function propertyRequests(type: Constructor): DependencyRequest[] {
  const prototype = type.prototype as object;
  return [...classMetadata(type).properties].map(([property, injection]) => ({
    ...injectionOf(injection, propertyType(prototype, property)),
    property,
    place: () => `property ${String(property)}`,
  }));
}

/** What `@Inject` on the parameters of a controller's methods asks for. */
function methodRequests(type: Constructor): (DependencyRequest & { method: string })[] {
  const prototype = type.prototype as Record<string | symbol, object>;
  return [...classMetadata(type).methods].flatMap(([key, method]) => {
    const injected = [...method.parameters].filter(([, parameter]) => parameter.kind === 'inject');
    if (injected.length === 0) return [];
    const types = parameterTypes(prototype, key);
    return injected.map(([index, parameter]) => ({
      ...injectionOf(parameter, types?.[index]),
      untyped: types === undefined,
      method: String(key),
      place: () => `parameter ${index + 1}${parameterName(prototype[key] ?? {}, index)}`,
    }));
  });
}

function injectionOf(injection: InjectionMetadata, type: unknown): { token: unknown; optional: boolean } {
  return { token: injection.token ?? type, optional: injection.optional === true };
}

/** ` (name)` of a parameter as its source says it, for messages; nothing where the source is hard to read. */
function parameterName(callable: object, index: number): string {
  const source = String(callable);
  const start = source.startsWith('class') ? source.search(/\bconstructor\s*\(/) : 0;
  const list = start < 0 ? undefined : /\(([^()[\]{}]*)\)/.exec(source.slice(start))?.[1];
  const name = list?.split(',')[index]?.split('=')[0]?.trim();
  return name !== undefined && /^[\w$]+$/.test(name) ? ` (${name})` : '';
}

const SAYS_NOTHING: ReadonlySet<unknown> = new Set([
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

/** Why the type of a parameter can't be a token; `undefined` when it can. */
function untypedParameter({ token, untyped }: DependencyRequest, type: Constructor | undefined): string | undefined {
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
  if (owner !== type && !isDecorated(owner)) return `${start}${inheritedConstructor(type, owner)}`;
  if (!isDecorated(type))
    return `${start}Put @Injectable() on the class: types are emitted for decorated classes only.`;
  return (
    `${start}Turn on "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json, or with swc ` +
    `"jsc.transform.legacyDecorator" and "jsc.transform.decoratorMetadata". ` +
    `esbuild, tsx and Node's own type stripping can't emit types: there, write @Inject(Token) before each parameter.`
  );
}

function inheritedConstructor({ name }: Constructor, { name: parent }: Constructor): string {
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
