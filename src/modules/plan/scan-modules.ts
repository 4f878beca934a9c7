import { depthFirst } from '../../shared/depth-first.js';
import {
  type DynamicModule,
  forgetPromises,
  isLazyModule,
  type LazyModule,
  type ModuleImport,
  type ModuleReference,
} from '../../shared/module.js';
import { forget, isPromiseLike } from '../../shared/promise.js';
import { isForwardReference } from '../../shared/token.js';
import { isObject } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import type { Overrides } from '../overrides.js';
import { declareModule, isDynamicModule, LOADED } from './module-declaration.js';
import { ModuleNode, type PromisedImport } from './module-node.js';

/** The results of promises and forward references, by their entry in `imports`. Each is read once per attempt. */
export type SettledImports = Map<object, ModuleReference>;

/** Modules by class or dynamic module. Each dynamic module object is a module of its own. */
export type ModulesByReference = ReadonlyMap<ModuleReference, ModuleNode>;

interface ScanOptions {
  readonly settled: SettledImports;
  /** The modules of the running application, which a lazy module shares. */
  readonly known: ModulesByReference | undefined;
  /** Overridden modules; a class includes all its dynamic modules. */
  readonly replaced: Overrides['modules'];
}

export interface Scan {
  readonly root: ModuleNode;
  /** The root and all that it imports, imported ones first. */
  readonly reached: readonly ModuleNode[];
  /** The modules that were not known before, imported ones first. */
  readonly modules: readonly ModuleNode[];
  readonly references: ModulesByReference;
}

/**
 * Finds every module that `root` imports, directly or indirectly.
 *
 * @throws BootstrapError when an import is not a module.
 */
export function scanModules(root: ModuleReference, options: ScanOptions): Scan {
  if (isDynamicModule(root)) forgetPromises(root);
  const scanner = new ModuleScanner(options);
  const node = scanner.scan(root);
  const { order: reached } = depthFirst([node], ({ imports }) => imports);
  const old = new Set(options.known?.values());
  const modules = reached.filter((module) => !old.has(module));
  return { root: node, reached, modules, references: scanner.references };
}

class ModuleScanner {
  readonly references: Map<ModuleReference, ModuleNode>;
  readonly #unread: ModuleNode[] = [];

  constructor(private readonly options: ScanOptions) {
    this.references = new Map(options.known);
  }

  scan(root: ModuleReference): ModuleNode {
    const node = this.#nodeOf(root, this.options.known ? LOADED : 'The root module');
    for (let next = this.#unread.pop(); next; next = this.#unread.pop()) this.#readImports(next);
    return node;
  }

  #nodeOf(reference: ModuleReference, place: string): ModuleNode {
    const known = this.references.get(reference);
    if (known) return known;
    const replacement = this.#replacementOf(reference);
    const node = replacement ? this.#replace(reference, replacement) : this.#newNode(reference, place);
    this.references.set(reference, node);
    return node;
  }

  #replacementOf(reference: ModuleReference): ModuleReference | undefined {
    const { replaced } = this.options;
    return replaced.get(reference) ?? (isDynamicModule(reference) ? replaced.get(reference.module) : undefined);
  }

  /** The replacement itself is not looked up among overrides: it may be of the class it replaces. */
  #replace(reference: ModuleReference, replacement: ModuleReference): ModuleNode {
    const type = isDynamicModule(reference) ? reference.module : reference;
    const node =
      this.references.get(replacement) ?? this.#newNode(replacement, `What was given to useModule for ${type.name}`);
    this.references.set(replacement, node);
    node.replaces.add(type);
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

/**
 * Awaits the promised imports of all modules, including those that the promised modules import.
 *
 * Scans again after each round: each level of promises costs a scan, and there is rarely more than one.
 *
 * @throws The rejection of a promise, with the name of the importing module added to its message.
 */
export async function settleImports(
  root: ModuleReference,
  options: Omit<ScanOptions, 'settled'>,
): Promise<SettledImports> {
  const settled: SettledImports = new Map();
  for (;;) {
    const open = scanModules(root, { ...options, settled }).modules.filter(({ unresolved }) => unresolved.length > 0);
    if (open.length === 0) return settled;
    await Promise.all(open.flatMap((node) => node.unresolved.map((promised) => settle(node, promised, settled))));
  }
}

async function settle(
  { name }: ModuleNode,
  { entry, promise }: PromisedImport,
  settled: SettledImports,
): Promise<void> {
  try {
    const module = await promise;
    // The next round may await others first.
    if (isObject(module)) forgetPromises(module);
    settled.set(entry, module);
  } catch (error) {
    throw annotateError(error, `while awaiting a promised import of ${name}${entry === promise ? ONCE : ''}`);
  }
}

/** Explains that a promise in `imports` stays rejected. */
const ONCE =
  ", which can't be retried, so the next attempt fails as well. Write imports: [forwardRef(() => " +
  'SettingsModule.load())], which each attempt calls again, or load the values in an async factory (useFactory, ' +
  'forRootAsync)';
