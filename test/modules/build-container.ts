import { ContainerBootstrap } from '../../src/modules/instances/container-bootstrap.js';
import type { Container } from '../../src/modules/instances/container.js';
import type { EventScope, Provided } from '../../src/modules/instances/event-scope.js';
import type { Report } from '../../src/modules/instances/owned-instances.js';
import { NO_OVERRIDES, type Overrides } from '../../src/modules/overrides.js';
import { appProviders, providerInside } from '../../src/modules/plan/find-provider.js';
import { LazyModulePlanner } from '../../src/modules/plan/lazy-module-planner.js';
import { type ModuleGraph, modulesPlan } from '../../src/modules/plan/module-graph.js';
import { consumes, type ModuleNode } from '../../src/modules/plan/module-node.js';
import { planModules } from '../../src/modules/plan/plan-modules.js';
import { settleImports } from '../../src/modules/plan/scan-modules.js';
import type { DynamicModule, LazyModule, ModuleMetadata, ModuleReference } from '../../src/shared/module.js';
import type { Token } from '../../src/shared/token.js';
import type { Constructor } from '../../src/shared/types.js';

/** What the built-ins of these tests read from an event. */
export interface TestScope extends EventScope {
  readonly user: string;
}

export function eventOf(user: string): TestScope {
  return { user, scoped: undefined };
}

export class Root {}

/** A module of its own around `metadata`, for tests that need no class. */
export function rootOf(metadata: ModuleMetadata): DynamicModule {
  return { module: Root, ...metadata };
}

/** A built-in provider of a test: a value, or part of an event. */
export interface BuiltIn<S = TestScope> {
  readonly token: Token;
  readonly value?: unknown;
  readonly read?: (scope: S) => unknown;
}

export interface BuildOptions {
  readonly builtIns: readonly BuiltIn[];
  readonly overrides: Overrides;
  readonly rootInjectables: readonly Constructor[];
  readonly report: Report;
}

/** A container with the graph that it was planned from. */
export class TestContainer {
  readonly get: Container<TestScope>['get'];
  readonly resolve: Container<TestScope>['resolve'];
  readonly init: Container<TestScope>['init'];
  readonly close: Container<TestScope>['close'];
  readonly modules: ModuleNode[];
  readonly #lazy: LazyModulePlanner;

  constructor(
    readonly container: Container<TestScope>,
    readonly graph: ModuleGraph,
    overrides: Overrides,
  ) {
    this.#lazy = new LazyModulePlanner(graph, overrides);
    this.modules = [...graph.modules];
    this.get = container.get.bind(container);
    this.resolve = container.resolve.bind(container);
    this.init = container.init.bind(container);
    this.close = container.close.bind(container);
  }

  get root(): ModuleNode {
    return this.graph.root;
  }

  provided<T>(token: Token<T>, module: ModuleNode): Provided<T, TestScope> {
    return this.container.provided<T>(providerInside(token, module, this.modules));
  }

  multi<T>(token: Token<T>): Provided<T, TestScope>[] {
    return appProviders(this.root, token).map((plan) => this.container.provided<T>(plan));
  }

  controllers(
    modules = this.modules,
  ): { type: Constructor; module: ModuleNode; provided: Provided<object, TestScope> }[] {
    return modules.flatMap((module) =>
      module.controllers.map((plan) => ({
        type: plan.definition.provide as Constructor,
        module,
        provided: this.container.provided<object>(plan),
      })),
    );
  }

  consumers(): { type: Constructor; module: ModuleNode }[] {
    return this.modules.flatMap((module) =>
      module.dispatchedClasses.filter(({ type }) => consumes(type)).map(({ type }) => ({ type, module })),
    );
  }

  async load(reference: ModuleReference | LazyModule): Promise<ModuleNode[]> {
    const { nodes: added } = await this.container.load((isRunning) => this.#lazy.prepare(reference, isRunning));
    this.modules.push(...added.filter((module) => !this.modules.includes(module)));
    return [...added];
  }
}

/** One attempt to bootstrap a container. */
export interface TestBootstrap extends Pick<ContainerBootstrap<TestScope>, 'abort' | 'pending'> {
  run(): Promise<TestContainer>;
}

export function bootstrapOf(
  root: ModuleReference,
  { builtIns = [], overrides = NO_OVERRIDES, rootInjectables, report }: Partial<BuildOptions> = {},
): TestBootstrap {
  const planning = planGraph(root, { builtIns, overrides, ...(rootInjectables && { rootInjectables }) });
  planning.catch(() => undefined);
  const values = builtIns.map(({ value, read }, index) => [`b${index}`, read ?? (() => value)] as const);
  const bootstrap = new ContainerBootstrap<TestScope>(planning.then(modulesPlan), {
    builtIns: Object.fromEntries(values),
    ...(report && { report }),
  });
  const run = async (): Promise<TestContainer> => new TestContainer(await bootstrap.run(), await planning, overrides);
  return { run, abort: (error) => bootstrap.abort(error), pending: () => bootstrap.pending() };
}

async function planGraph(
  root: ModuleReference,
  { builtIns, overrides, rootInjectables }: Pick<BuildOptions, 'builtIns' | 'overrides'> & Partial<BuildOptions>,
): Promise<ModuleGraph> {
  return planModules(root, {
    builtIns: builtIns.map(({ token, read }, index) => ({
      provide: token,
      builtIn: `b${index}`,
      perEvent: read !== undefined,
    })),
    overrides,
    ...(rootInjectables && { rootInjectables }),
    settled: await settleImports(root, { known: undefined, replaced: overrides.modules }),
  });
}

/** Bootstraps, hooks not included. */
export function build(root: ModuleReference, options: Partial<BuildOptions> = {}): Promise<TestContainer> {
  return bootstrapOf(root, options).run();
}

/** What bootstrapping fails with. */
export async function failureOf(root: ModuleReference, options: Partial<BuildOptions> = {}): Promise<Error> {
  return build(root, options).then(
    () => {
      throw new Error('The bootstrap succeeded');
    },
    (error: Error) => error,
  );
}

/** A promise to be settled from outside: tests order things by it instead of by sleeping. */
export interface Gate<T = void> {
  readonly promise: Promise<T>;
  open(value: T): void;
  fail(error: unknown): void;
}

export function gate<T = void>(): Gate<T> {
  let open!: (value: T) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** Lets everything that is ready go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
