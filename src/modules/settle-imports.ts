import type { DynamicModule, ModuleReference } from '../shared/module.js';
import { annotateError } from './annotate-error.js';
import type { ModuleNode } from './module-node.js';
import { type ScanOptions, scanModules } from './scan-modules.js';

type Settling = Map<PromiseLike<DynamicModule>, DynamicModule>;

/**
 * Awaits the promised imports of every module, and those of what they turned out to be.
 *
 * @throws What a promise was rejected with, its message extended by the module that imports it.
 *
 * Scans again after each round: a level of promises costs a scan, and there is hardly ever more than one.
 */
export async function settleImports(root: ModuleReference, options: Omit<ScanOptions, 'settled'>): Promise<ScanOptions['settled']> {
  const settled: Settling = new Map();
  for (;;) {
    const open = scanModules(root, { ...options, settled }).modules.filter(({ unresolved }) => unresolved.length > 0);
    if (open.length === 0) return settled;
    await Promise.all(open.flatMap((node) => node.unresolved.map((promise) => settle(node, promise, settled))));
  }
}

async function settle({ name }: ModuleNode, promise: PromiseLike<DynamicModule>, settled: Settling): Promise<void> {
  try {
    settled.set(promise, await promise);
  } catch (error) {
    throw annotateError(error, `while awaiting a promised import of ${name}`);
  }
}
