import { BootstrapError } from '../../errors/bootstrap-error.js';
import { depthFirst } from '../../shared/depth-first.js';
import { suggestion } from '../../shared/suggestion.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { MaybePromise } from '../../shared/types.js';
import {
  type BuiltIns,
  firstByToken,
  type Instances,
  isSingleton,
  labelOf,
  nameOf,
  type ProviderPlan,
  targetsOf,
} from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import { type EventScope, InstanceReaders, type Provided } from './event-scope.js';
import type { Report } from './owned-instances.js';

/** Returns the instances of an application; `undefined` while they are being created. */
export type Lookup = () => ProviderLookup | undefined;

/** Finds providers and their instances by token. */
export class ProviderLookup<S extends EventScope = EventScope> {
  protected readonly instances: Instances = new Map();
  readonly #readers: InstanceReaders<S>;
  readonly #visible: ProviderPlan[];
  #byToken: ReadonlyMap<unknown, ProviderPlan> | undefined;

  /**
   * @param visible The providers that can be looked up; of several for one token, the first.
   * @param report Receives errors from disposing of what a failed {@link resolve} created.
   */
  constructor(
    visible: readonly ProviderPlan[],
    builtIns: BuiltIns<S>,
    protected readonly report: Report,
  ) {
    this.#visible = [...visible];
    this.#readers = new InstanceReaders<S>(this.instances, builtIns);
  }

  protected addProviders(plans: readonly ProviderPlan[]): void {
    this.#visible.push(...plans);
    this.#byToken = undefined;
  }

  /**
   * Returns a singleton of any module; the one that the root module sees takes precedence.
   *
   * @throws BootstrapError when no module provides `token`, or when it is request-scoped or transient.
   */
  get<T>(token: Token<T>): T {
    return this.single(this.#find(token)) as T;
  }

  /** Returns the instance of a singleton. @throws BootstrapError for another scope. */
  single(plan: ProviderPlan): unknown {
    if (isSingleton(plan)) return this.instances.get(plan);
    throw new BootstrapError(
      `${labelOf(plan)} is ${plan.scope}-scoped, so it has no single instance to get: ` +
        `await resolve(${nameOf(plan)}) instead.`,
    );
  }

  /**
   * Returns a singleton, a new transient, or the event's own instance.
   *
   * Without a `scope`, new instances belong to the caller, who disposes of them.
   *
   * @throws BootstrapError when no module provides `token`, or when it reads from an event and `scope` is missing.
   */
  async resolve<T>(token: Token<T>, scope?: S): Promise<T> {
    const plan = this.#find(token);
    return (await (scope ? this.#readers.of(plan)(scope) : this.resolved(plan))) as T;
  }

  /** Like {@link resolve}, in a scope of its own. */
  async resolved(plan: ProviderPlan): Promise<unknown> {
    refuseReading(plan);
    // An empty scope is enough: nothing that is left reads from the event.
    const own = { scoped: undefined } as S;
    try {
      const instance = await this.#readers.of(plan)(own);
      own.scoped?.handOver();
      return instance;
    } catch (error) {
      // The caller got nothing that it could dispose of.
      await own.scoped?.end(this.report);
      throw error;
    }
  }

  has(plan: ProviderPlan): boolean {
    return this.instances.has(plan);
  }

  /** Returns the instance of a singleton that exists. */
  instanceOf(plan: ProviderPlan): unknown {
    return this.instances.get(plan);
  }

  /** Returns how to get the instance of a provider. */
  provided<T>(plan: ProviderPlan): Provided<T, S> {
    const { type } = plan;
    if (isSingleton(plan)) return { type, instance: this.instances.get(plan) as T };
    return { type, resolve: this.#readers.of(plan) as (scope: S) => MaybePromise<T> };
  }

  #find(token: unknown): ProviderPlan {
    this.#byToken ??= firstByToken(this.#visible);
    const plan = this.#byToken.get(tokenKey(token));
    if (plan) return plan;
    const names = [...this.#byToken.values()].map(nameOf);
    throw new BootstrapError(`No module provides ${describeToken(token)}.${suggestion(describeToken(token), names)}`);
  }
}

/** Refuses a provider that reads from the event, itself or through its dependencies. */
function refuseReading(plan: ProviderPlan): void {
  const reading = depthFirst([plan], targetsOf).order.find(
    ({ definition }) => 'builtIn' in definition && definition.perEvent,
  );
  if (!reading) return;
  const needs = reading === plan ? nameOf(plan) : `${labelOf(plan)} needs ${nameOf(reading)}, which`;
  throw new BootstrapError(`${needs} exists only during an event: inject it where the event is handled.`);
}
