import type { DynamicModule, ModuleImport, ModuleReference } from '../shared/module.js';
import { isLazyModule } from '../shared/module.js';
import { isPromiseLike } from '../shared/promise.js';
import { isForwardReference } from '../shared/token.js';
import { depthFirst } from './depth-first.js';
import { declareModule } from './module-declaration.js';
import { ModuleNode } from './module-node.js';

/** What the promised imports turned out to be. */
export type SettledImports = ReadonlyMap<PromiseLike<DynamicModule>, DynamicModule>;

/** A class is one module, each dynamic module object is one of its own. */
export type ModulesByReference = ReadonlyMap<ModuleReference, ModuleNode>;

export interface Scan {
  readonly root: ModuleNode;
  /** The modules that were not known before, those that are imported first. */
  readonly modules: readonly ModuleNode[];
  readonly references: ModulesByReference;
}

/**
 * Finds every module that `root` imports, directly or not.
 *
 * @param known Modules of the running application, which a lazily loaded one shares.
 * @throws BootstrapError when something imported is no module.
 */
export function scanModules(
  root: ModuleReference,
  settled: SettledImports = new Map(),
  known: ModulesByReference = new Map(),
): Scan {
  const scanner = new ModuleScanner(settled, known);
  const node = scanner.scan(root);
  const { order } = depthFirst([node], ({ imports }) => imports);
  const old = new Set(known.values());
  return { root: node, modules: order.filter((module) => !old.has(module)), references: scanner.references };
}

class ModuleScanner {
  readonly references: Map<ModuleReference, ModuleNode>;
  readonly #unread: ModuleNode[] = [];

  constructor(
    private readonly settled: SettledImports,
    known: ModulesByReference,
  ) {
    this.references = new Map(known);
  }

  scan(root: ModuleReference): ModuleNode {
    const node = this.#nodeOf(root, 'The root module');
    for (let next = this.#unread.pop(); next; next = this.#unread.pop()) this.#readImports(next);
    return node;
  }

  #nodeOf(reference: ModuleReference, place: string): ModuleNode {
    const known = this.references.get(reference);
    if (known) return known;
    const node = new ModuleNode(declareModule(reference, place));
    this.references.set(reference, node);
    this.#unread.push(node);
    return node;
  }

  #readImports(node: ModuleNode): void {
    for (const [index, entry] of node.declaration.imports.entries()) {
      this.#readImport(node, entry, `imports[${index}] of ${node.name}`);
    }
  }

  #readImport(node: ModuleNode, entry: ModuleImport, place: string): void {
    if (isLazyModule(entry)) node.lazyModules.push(entry);
    else if (isForwardReference(entry)) node.imports.push(this.#nodeOf(entry.forwardRef(), place));
    else if (!isPromiseLike(entry)) node.imports.push(this.#nodeOf(entry as ModuleReference, place));
    else this.#readPromise(node, entry as PromiseLike<DynamicModule>, place);
  }

  #readPromise(node: ModuleNode, promise: PromiseLike<DynamicModule>, place: string): void {
    if (this.settled.has(promise)) node.imports.push(this.#nodeOf(this.settled.get(promise) as DynamicModule, place));
    else {
      node.unresolved.push(promise);
      // Whoever awaits it is told; a mistake found elsewhere meanwhile must not become an unhandled rejection.
      promise.then(undefined, () => undefined);
    }
  }
}
