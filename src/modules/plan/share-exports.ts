import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ModuleExport } from '../../shared/module.js';
import { describeToken, isForwardReference } from '../../shared/token.js';
import { isDynamicModule, isModuleClass } from './module-declaration.js';
import { type ModuleNode, tokenKey } from './module-node.js';
import type { ProviderPlan } from './provider-plan.js';

interface Exports {
  readonly node: ModuleNode;
  readonly tokens: readonly unknown[];
  /** Imported modules that are passed on. */
  readonly modules: readonly ModuleNode[];
}

/**
 * Works out what each module lets its importers see.
 *
 * Modules come dependencies first, so one round is enough, and one more to see that nothing changed; modules that
 * import each other need a round a step.
 *
 * @throws BootstrapError for an export that is not there.
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
    const exported = exportedThing(entry, `exports[${index}] of ${node.name}`);
    const imported = node.imports.filter((module) => module.isCalled(exported));
    if (imported.length === 0 && complete && isModuleClass(exported)) refuseStranger(node, exported.name);
    if (imported.length > 0) modules.push(...imported);
    else tokens.push(exported);
  }
  return { node, tokens, modules };
}

/** The module class or the token that an entry stands for. */
function exportedThing(entry: ModuleExport, place: string): unknown {
  const thing: unknown = isForwardReference(entry) ? entry.forwardRef() : entry;
  if (thing === undefined || thing === null) {
    throw new BootstrapError(
      `${place} is ${String(thing)}. Two files that import each other do that: write forwardRef(() => TheModule) there.`,
    );
  }
  if (isDynamicModule(thing)) return thing.module;
  return typeof thing === 'object' && 'provide' in thing ? thing.provide : thing;
}

function refuseStranger({ name }: ModuleNode, stranger: string): never {
  throw new BootstrapError(
    `${name} exports ${stranger}, which it does not import: add ${stranger} to the imports of ${name}.`,
  );
}

/** Whether anything was added. */
function exportInto({ node, tokens, modules }: Exports): boolean {
  const before = node.exported.size;
  for (const token of tokens) {
    const key = tokenKey(token);
    const plan = node.providers.get(key) ?? importedPlan(node, key);
    if (plan && !node.exported.has(key)) node.exported.set(key, plan);
  }
  for (const module of modules) {
    for (const [key, plan] of module.exported) if (!node.exported.has(key)) node.exported.set(key, plan);
  }
  return node.exported.size > before;
}

function importedPlan(node: ModuleNode, key: unknown): ProviderPlan | undefined {
  return node.imports.find((module) => module.exported.has(key))?.exported.get(key);
}

function refuseMissing({ node, tokens }: Exports): void {
  const missing = tokens.find((token) => !node.exported.has(tokenKey(token)));
  if (missing === undefined) return;
  const name = describeToken(missing);
  throw new BootstrapError(
    `${node.name} exports ${name}, but neither provides it nor imports a module that exports it. ` +
      `Add ${name} to the providers of ${node.name}, or take it out of the exports.`,
  );
}
