import type { DynamicModule, ModuleReference } from '../shared/module.js';
import { type ModulesByReference, type SettledImports, scanModules } from './scan-modules.js';

/**
 * Awaits the promised imports of every module, and those of what they turned out to be.
 *
 * Scans again after each round: a level of promises costs a scan, and there is hardly ever more than one.
 */
export async function settleImports(root: ModuleReference, known?: ModulesByReference): Promise<SettledImports> {
  const settled = new Map<PromiseLike<DynamicModule>, DynamicModule>();
  for (;;) {
    const open = scanModules(root, settled, known).modules.flatMap(({ unresolved }) => unresolved);
    if (open.length === 0) return settled;
    await Promise.all(open.map(async (promise) => settled.set(promise, await promise)));
  }
}
