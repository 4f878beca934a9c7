import { BootstrapError } from '../../errors/bootstrap-error.js';
import { depthFirst } from '../../shared/depth-first.js';
import { describeToken, type Token } from '../../shared/token.js';
import { tokenKey } from '../token-key.js';
import type { ModuleNode } from './module-node.js';
import type { PlannedProvider } from './planned-provider.js';
import { unknownDependency } from './unknown-dependency.js';

/**
 * Returns the provider that a token means inside a module, including enhancer classes that only a controller names.
 *
 * @param modules All modules, for the advice.
 * @throws BootstrapError when nothing visible there provides it.
 */
export function providerInside(token: Token, module: ModuleNode, modules: readonly ModuleNode[]): PlannedProvider {
  const plan = module.injectables.get(tokenKey(token)) ?? module.find(token);
  if (plan) return plan;
  const why = unknownDependency(token, module, modules);
  throw new BootstrapError(`${module.name} asks for ${describeToken(token)}, but ${why}`);
}

/** Returns all providers under one of the `APP_*` tokens. As in NestJS, a module's come before those of its imports. */
export function appProviders(root: ModuleNode, token: Token): PlannedProvider[] {
  const key = tokenKey(token);
  const { met } = depthFirst([root], ({ imports }) => imports);
  return [...met]
    .flatMap((module) => module.appProviders)
    .filter(({ definition }) => tokenKey(definition.provide) === key);
}
