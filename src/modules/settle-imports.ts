import { forgetPromises, type ModuleReference } from '../shared/module.js';
import { isObject } from '../shared/is-object.js';
import { annotateError } from './annotate-error.js';
import type { ModuleNode, PromisedImport } from './module-node.js';
import { type ScanOptions, scanModules, type SettledImports } from './scan-modules.js';

/**
 * Awaits the promised imports of every module, and those of what they turned out to be.
 *
 * @throws What a promise was rejected with, its message extended by the module that imports it.
 *
 * Scans again after each round: a level of promises costs a scan, and there is hardly ever more than one.
 */
export async function settleImports(root: ModuleReference, options: Omit<ScanOptions, 'settled'>): Promise<SettledImports> {
  const settled: SettledImports = new Map();
  for (;;) {
    const open = scanModules(root, { ...options, settled }).modules.filter(({ unresolved }) => unresolved.length > 0);
    if (open.length === 0) return settled;
    await Promise.all(open.flatMap((node) => node.unresolved.map((promised) => settle(node, promised, settled))));
  }
}

async function settle({ name }: ModuleNode, { entry, promise }: PromisedImport, settled: SettledImports): Promise<void> {
  try {
    const module = await promise;
    // The next round may have to wait for others.
    if (isObject(module)) forgetPromises(module);
    settled.set(entry, module);
  } catch (error) {
    throw annotateError(error, `while awaiting a promised import of ${name}${entry === promise ? ONCE : ''}`);
  }
}

/** Said of what fails at every attempt from now on. */
const ONCE =
  ', which can\'t be asked for again: the next attempt fails as well. Write imports: [forwardRef(() => SettingsModule.load())], which each ' +
  'attempt calls anew, or take what is loaded from an async factory (useFactory, forRootAsync)';
