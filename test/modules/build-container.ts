import { ContainerBootstrap, type ContainerOptions } from '../../src/modules/instances/container-bootstrap.js';
import type { Container } from '../../src/modules/instances/container.js';
import type { EventScope } from '../../src/modules/instances/event-scope.js';
import type { DynamicModule, ModuleMetadata, ModuleReference } from '../../src/shared/module.js';

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

/** Bootstraps, hooks not included. */
export function build(
  root: ModuleReference,
  options: Partial<ContainerOptions<TestScope>> = {},
): Promise<Container<TestScope>> {
  return new ContainerBootstrap<TestScope>(root, { builtIns: [], ...options }).run();
}

/** What bootstrapping fails with. */
export async function failureOf(
  root: ModuleReference,
  options: Partial<ContainerOptions<TestScope>> = {},
): Promise<Error> {
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
