import { type DynamicModule, forgetPromises, isLazyModule, type LazyModule, type ModuleImport, type ModuleReference } from '../shared/module.js';
import { forget, isPromiseLike } from '../shared/promise.js';
import { isForwardReference } from '../shared/token.js';
import { depthFirst } from './depth-first.js';
import { declareModule, isDynamicModule } from './module-declaration.js';
import { ModuleNode } from './module-node.js';
import type { Overrides } from './overrides.js';

/** What promised imports turned out to be, and what references gave, by what stands in `imports`: each is asked once an attempt. */
export type SettledImports = Map<object, ModuleReference>;

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
  if (isDynamicModule(root)) forgetPromises(root);
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
    forgetPromises(declareModule(reference, type.name));
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
    else {
      const read = this.#read(entry);
      if (isPromiseLike(read)) node.unresolved.push({ entry, promise: read });
      else node.imports.push(this.#nodeOf(read, place));
    }
  }

  #read(entry: Exclude<ModuleImport, LazyModule>): ModuleReference | Promise<DynamicModule> {
    const { settled } = this.options;
    if (settled.has(entry)) return settled.get(entry) as ModuleReference;
    if (!isForwardReference(entry)) return entry as ModuleReference;
    const read = entry.forwardRef() as ModuleReference | Promise<DynamicModule>;
    if (isPromiseLike<unknown>(read)) forget(read);
    else settled.set(entry, read as ModuleReference);
    if (isDynamicModule(read)) forgetPromises(read);
    return read;
  }
}
