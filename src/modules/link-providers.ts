import { BootstrapError } from '../errors/bootstrap-error.js';
import { ProvidedToken } from '../shared/provided-token.js';
import { describeToken, isForwardReference } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { classRequests, methodRequests } from './class-requests.js';
import type { ProviderDefiner } from './define-providers.js';
import { type DependencyRequest, factoryRequests } from './dependency-request.js';
import type { HandlerPlan, ModuleNode } from './module-node.js';
import type { Definition, Dependency, ProviderPlan } from './provider-plan.js';
import { withoutDelay } from './tsyringe-injection.js';
import { isElsewhere, unknownDependency } from './unknown-dependency.js';
import { untypedParameter } from './untyped-parameter.js';

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
    plan.dependencies = requestsOf(plan.definition).map((request) => this.#find(node, request, { who: plan.name, type }));
  }

  #checkMethods(node: ModuleNode, { type }: HandlerPlan): void {
    for (const request of methodRequests(type)) this.#find(node, request, { who: `${type.name}.${request.method}`, type });
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
  if ('useExisting' in definition) return [{ token: definition.useExisting, optional: false, place: () => 'useExisting' }];
  return [];
}
