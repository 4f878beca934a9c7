import { BootstrapError, notThere } from '../../errors/bootstrap-error.js';
import type { ModuleExport } from '../../shared/module.js';
import { describeToken, isForwardReference } from '../../shared/token.js';
import { tokenKey } from '../token-key.js';
import { isDynamicModule, isModuleClass } from './module-declaration.js';
import { addItems, type ModuleNode } from './module-node.js';
import type { PlannedProvider } from './planned-provider.js';

interface Exports {
  readonly node: ModuleNode;
  readonly tokens: readonly unknown[];
  /** Imported modules that are re-exported. */
  readonly modules: readonly ModuleNode[];
}

/**
 * Determines what each module exports.
 *
 * Modules come dependencies first, so one round is enough, and a second one sees that nothing changed. Modules that
 * import each other need one round per step.
 *
 * @throws BootstrapError for an export that the module neither provides nor imports.
 */
export function shareExports(nodes: readonly ModuleNode[], complete: boolean): void {
  const shares = nodes.map((node) => readExports(node, complete));
  let changed = true;
  while (changed) {
    changed = false;
    for (const share of shares) changed = exportInto(share) || changed;
  }
  if (complete) for (const share of shares) refuseMissing(share);
}

function readExports(node: ModuleNode, complete: boolean): Exports {
  const tokens: unknown[] = [];
  const modules: ModuleNode[] = [];
  for (const [index, entry] of node.declaration.exports.entries()) {
    const exported = exportedToken(entry, `exports[${index}] of ${node.name}`);
    const imported = node.imports.filter((module) => module.isCalled(exported));
    if (imported.length === 0 && complete && isModuleClass(exported)) refuseNotImported(node, exported.name);
    if (imported.length > 0) modules.push(...imported);
    else tokens.push(exported);
  }
  return { node, tokens, modules };
}

/** Returns the module class or the token that an entry means. */
function exportedToken(entry: ModuleExport, place: string): unknown {
  const exported: unknown = isForwardReference(entry) ? entry.forwardRef() : entry;
  if (exported === undefined || exported === null) throw notThere(place, exported, 'write forwardRef(() => TheModule)');
  if (isDynamicModule(exported)) return exported.module;
  return typeof exported === 'object' && 'provide' in exported ? exported.provide : exported;
}

function refuseNotImported({ name }: ModuleNode, module: string): never {
  throw new BootstrapError(`${name} exports ${module} without importing it: add ${module} to the imports of ${name}.`);
}

/** Adds to the exports of a module, and returns whether anything was added. */
function exportInto({ node, tokens, modules }: Exports): boolean {
  const before = node.exported.size;
  let added = false;
  for (const token of tokens) {
    const key = tokenKey(token);
    const plan = node.providers.get(key) ?? importedPlan(node, key);
    if (plan && !node.exported.has(key)) node.exported.set(key, plan);
    for (const { exportedItems } of node.imports)
      added = addItems(node.exportedItems, key, exportedItems.get(key)) || added;
    added = addItems(node.exportedItems, key, node.items.get(key)) || added;
  }
  for (const module of modules) {
    for (const [key, plan] of module.exported) if (!node.exported.has(key)) node.exported.set(key, plan);
    for (const [key, items] of module.exportedItems) added = addItems(node.exportedItems, key, items) || added;
  }
  return added || node.exported.size > before;
}

function importedPlan(node: ModuleNode, key: unknown): PlannedProvider | undefined {
  return node.imports.find((module) => module.exported.has(key))?.exported.get(key);
}

function refuseMissing({ node, tokens }: Exports): void {
  const missing = tokens.find((token) => !node.exports(tokenKey(token)));
  if (missing === undefined) return;
  const name = describeToken(missing);
  throw new BootstrapError(
    `${node.name} exports ${name}, but neither provides it nor imports a module that exports it. ` +
      `Add ${name} to the providers of ${node.name}, or remove it from the exports.`,
  );
}
