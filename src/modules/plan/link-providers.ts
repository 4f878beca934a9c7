import { BootstrapError } from '../../errors/bootstrap-error.js';
import { ProvidedToken, Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { Mocks } from '../overrides.js';
import { nameOf } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import type { ProviderDefiner } from './define-providers.js';
import { type DependencyRequest, methodRequests, requestsOf, tokenIn } from './dependency-requests.js';
import { FrameworkProviders } from './framework-providers.js';
import { InquirerLinker, mayInquire } from './link-inquirers.js';
import type { DispatchedClass, ModuleNode } from './module-node.js';
import { type PlannedDependency, type PlannedProvider, plannedProvider } from './planned-provider.js';
import { isProvidedByOtherContainer, unknownDependency } from './unknown-dependency.js';
import { untypedParameter } from './untyped-parameter.js';

/** Connects every provider to the providers it depends on. */
export class ProviderLinker {
  readonly #hasItems: boolean;
  readonly #framework = new FrameworkProviders();

  /**
   * @param nodes All modules, for the advice in error messages.
   * @param complete Whether every import is known; an unknown one may provide what is missing.
   * @param definer Defines the providers that come with tokens.
   * @param mocks Replaces what is missing, for tests.
   */
  constructor(
    private readonly nodes: readonly ModuleNode[],
    private readonly complete: boolean,
    private readonly definer: ProviderDefiner,
    private readonly mocks: Mocks | undefined,
  ) {
    this.#hasItems = nodes.some(({ items }) => items.size > 0);
  }

  /** @throws BootstrapError when a dependency is not visible in the module. */
  link(node: ModuleNode): void {
    for (const plan of node.plans) this.#link(node, plan);
    for (const one of node.dispatchedClasses) this.#checkMethods(node, one);
    for (const [item] of node.items.values()) this.#list(node, item!.definition.provide);
  }

  /** Adds what is known once all modules are linked. */
  finish(own: readonly ModuleNode[], root: ModuleNode): void {
    // The lists of multi-providers that `app.get(token)` and a `ModuleRef` find without a provider that asks for them.
    for (const node of new Set([root, ...this.#framework.withModuleRef]))
      for (const token of node.visibleItemTokens) this.#list(node, token);
    this.#framework.complete(this.nodes);
    // Also one of the running application, which a lazy module may use.
    if (!this.nodes.some(inquirerWanted)) return;
    const inquirers = new InquirerLinker();
    for (const node of own) inquirers.link(node);
  }

  #link(node: ModuleNode, plan: PlannedProvider): void {
    const { definition } = plan;
    const name = nameOf(plan);
    const type = 'useClass' in definition ? definition.useClass : undefined;
    const isTransient = plan.scope === Scope.TRANSIENT;
    plan.dependencies = requestsOf(definition).map((request) => this.#find(node, request, { name, type, isTransient }));
  }

  #checkMethods(node: ModuleNode, { type }: DispatchedClass): void {
    for (const request of methodRequests(type))
      this.#find(node, request, { name: `${type.name}.${request.method}`, type });
  }

  #find(node: ModuleNode, request: DependencyRequest, dependant: Dependant): PlannedDependency {
    if (request.readerOf) {
      const where = `${dependant.name} in ${node.name}`;
      return { target: this.definer.defineReader(node, request.readerOf, where), deferred: false };
    }
    const { token, forward } = tokenIn(request);
    const target = token === undefined ? undefined : this.#target(node, token);
    const inquirer = !target && mayInquire(token, dependant.isTransient);
    if (!target && !inquirer) {
      if (this.#mock(node, { ...request, token }, dependant)) return this.#find(node, request, dependant);
      if (!request.optional || isProvidedByOtherContainer(token)) this.#refuse(node, { ...request, token }, dependant);
    }
    const { property } = request;
    return {
      target,
      deferred: false,
      ...(forward && { forward }),
      ...(inquirer && { inquirer }),
      ...(property !== undefined && { property }),
    };
  }

  /** Provides a mock of what is missing, and returns whether there is one. */
  #mock(node: ModuleNode, request: DependencyRequest, { type }: Dependant): boolean {
    if (!this.mocks || untypedParameter(request, type)) return false;
    const provide = request.token as Token;
    const useValue = this.mocks.of(provide);
    if (useValue === undefined) return false;
    node.linked.set(tokenKey(provide), plannedProvider({ provide, useValue }, node.name));
    return true;
  }

  #target(node: ModuleNode, token: unknown): PlannedProvider | undefined {
    const found = this.#list(node, token) ?? node.find(token) ?? this.#framework.find(node, token);
    return found ?? this.#provided(node, token);
  }

  /** Returns the list of multi-providers that a token means in a module. */
  #list(node: ModuleNode, token: unknown): PlannedProvider | undefined {
    const key = tokenKey(token);
    const items = this.#hasItems ? node.itemsOf(key) : [];
    const [item] = items;
    if (!item || node.linked.has(key)) return node.linked.get(key);
    const plain = node.find(token);
    if (plain) throw new BootstrapError(mixed(plain, item, node));
    return this.definer.defineList(node, item.definition.provide, items);
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

function inquirerWanted({ plans }: ModuleNode): boolean {
  return plans.some(({ dependencies }) => dependencies.some(({ inquirer }) => inquirer));
}

function mixed(plain: PlannedProvider, item: PlannedProvider, { name }: ModuleNode): string {
  return (
    `${nameOf(plain)} means two things in ${name}: one provider of ${plain.moduleName}, and a list, because ` +
    `${item.moduleName} provides it with multi: true. Use two tokens, or multi: true in both modules.`
  );
}

/** The declarer of a dependency: a provider, or a controller method. */
interface Dependant {
  readonly name: string;
  readonly type: Constructor | undefined;
  readonly isTransient?: boolean;
}
