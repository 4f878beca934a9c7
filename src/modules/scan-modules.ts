import type { DynamicModule, ModuleImport, ModuleReference } from '../shared/module.js';
import { isLazyModule } from '../shared/module.js';
import { isPromiseLike } from '../shared/promise.js';
import { isForwardReference } from '../shared/token.js';
import { depthFirst } from './depth-first.js';
import { declareModule, isDynamicModule } from './module-declaration.js';
import { ModuleNode } from './module-node.js';
import type { Overrides } from './overrides.js';

/** What the promised imports turned out to be. */
export type SettledImports = ReadonlyMap<PromiseLike<DynamicModule>, DynamicModule>;

/** A class is one module, each dynamic module object is one of its own. */
export type ModulesByReference = ReadonlyMap<ModuleReference, ModuleNode>;

export interface ScanOptions {
  readonly settled: SettledImports;
  /** Modules of the running application, which a lazily loaded one shares. */
  readonly known: ModulesByReference | undefined;
  /** Modules that others take the place of: a class stands for every dynamic module of it, too. */
  readonly replaced: Overrides['modules'];
}

export interface Scan {
  readonly root: ModuleNode;
  /** The modules that were not known before, those that are imported first. */
  readonly modules: readonly ModuleNode[];
  readonly references: ModulesByReference;
}

/**
 * Finds every module that `root` imports, directly or not.
 *
 * @throws BootstrapError when something imported is no module.
 */
export function scanModules(root: ModuleReference, options: ScanOptions): Scan {
  const scanner = new ModuleScanner(options);
  const node = scanner.scan(root);
  const { order } = depthFirst([node], ({ imports }) => imports);
  const old = new Set(options.known?.values());
  return { root: node, modules: order.filter((module) => !old.has(module)), references: scanner.references };
}

class ModuleScanner {
  readonly references: Map<ModuleReference, ModuleNode>;
  readonly #unread: ModuleNode[] = [];

  constructor(private readonly options: ScanOptions) {
    this.references = new Map(options.known);
  }

  scan(root: ModuleReference): ModuleNode {
    const node = this.#nodeOf(root, 'The root module');
    for (let next = this.#unread.pop(); next; next = this.#unread.pop()) this.#readImports(next);
    return node;
  }

  #nodeOf(reference: ModuleReference, place: string): ModuleNode {
    const known = this.references.get(reference);
    if (known) return known;
    const replacement = this.#replacementOf(reference);
    const node = replacement ? this.#standIn(reference, replacement) : this.#newNode(reference, place);
    this.references.set(reference, node);
    return node;
  }

  #replacementOf(reference: ModuleReference): ModuleReference | undefined {
    const { replaced } = this.options;
    return replaced.get(reference) ?? (isDynamicModule(reference) ? replaced.get(reference.module) : undefined);
  }

  /** Not looked up among the replacements itself: it may be of the class that it stands for. */
  #standIn(reference: ModuleReference, replacement: ModuleReference): ModuleNode {
    const type = isDynamicModule(reference) ? reference.module : reference;
    const node = this.references.get(replacement) ?? this.#newNode(replacement, `What was given to useModule for ${type.name}`);
    this.references.set(replacement, node);
    node.standsFor.add(type);
    forget(declareModule(reference, type.name).imports);
    return node;
  }

  #newNode(reference: ModuleReference, place: string): ModuleNode {
    const node = new ModuleNode(declareModule(reference, place));
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
    if (this.options.settled.has(promise)) node.imports.push(this.#nodeOf(this.options.settled.get(promise) as DynamicModule, place));
    else {
      node.unresolved.push(promise);
      // Whoever awaits it is told; a mistake found elsewhere meanwhile must not become an unhandled rejection.
      forget([promise]);
    }
  }
}

/** Promises that nobody may ever wait for: one that fails ends no process. */
function forget(imports: readonly unknown[]): void {
  for (const one of imports) if (isPromiseLike(one)) one.then(undefined, () => undefined);
}
