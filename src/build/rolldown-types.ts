// The options of rolldown that the preset uses. The types are our own, because declarations that import rolldown's
// don't compile where it is not installed. A test compares them with rolldown's.

/** Options for rolldown. */
export interface BundlerOptions {
  readonly input: string | string[] | Record<string, string>;
  readonly cwd: string;
  readonly platform: 'node';
  readonly tsconfig: string | true;
  readonly external: (string | RegExp)[];
  readonly resolve: { readonly mainFields: string[]; readonly conditionNames: string[] };
  readonly transform: {
    readonly target: 'node20';
    readonly decorator: { readonly legacy: true; readonly emitDecoratorMetadata: true };
    readonly define: Record<string, string>;
  };
  readonly checks: { readonly configurationFieldConflict: false; readonly ineffectiveDynamicImport: false };
  readonly plugins: BundlerPlugin[];
  readonly output: BundlerOutput;
}

/** Options for one output of rolldown. */
export interface BundlerOutput {
  readonly dir: string;
  readonly format: 'esm' | 'cjs';
  entryFileNames(chunk: { readonly name: string }): string;
  chunkFileNames(chunk: { readonly name: string }): string;
  readonly codeSplitting: { readonly groups: ChunkGroup[] };
  readonly strictExecutionOrder?: boolean;
  readonly strict?: boolean;
  readonly charset: 'ascii';
  readonly topLevelVar: true;
  readonly sourcemap: boolean | 'hidden';
  readonly comments: { readonly legal: true; readonly annotation: false; readonly jsdoc: false };
  readonly minify: false | { readonly compress: KeptNames; readonly mangle: KeptNames; readonly codegen: true };
}

/** A group of modules that share a file. */
export interface ChunkGroup {
  readonly name: string;
  readonly tags: '$initial'[];
  readonly minShareCount: number;
  readonly entriesAware?: boolean;
  readonly entriesAwareMergeThreshold?: number;
  readonly includeDependenciesRecursively?: boolean;
  test?(id: string): boolean;
}

interface KeptNames {
  readonly keepNames: { readonly class: true; readonly function: false };
}

/** The hooks of a rolldown plugin that the preset uses. */
export interface BundlerPlugin {
  readonly name: string;
  buildStart?(this: StartContext, options: StartOptions): Promise<void>;
  moduleParsed?(module: ParsedModule): void;
  generateBundle?(this: Pick<StartContext, 'warn'>, options: unknown, files: Readonly<Record<string, object>>): void;
  readonly resolveId?: {
    readonly filter: { readonly id: RegExp | RegExp[] };
    handler(source: string, importer: string | undefined): string | null;
  };
  readonly load?: {
    readonly filter: { readonly id: RegExp };
    handler(id: string): string | null | { readonly code: string; readonly moduleSideEffects: false };
  };
  readonly transform?: {
    readonly filter: { readonly id: RegExp; readonly code: RegExp };
    handler(this: BundlerContext, code: string, id: string): null | Promise<Transformed | null>;
  };
}

/** The part of a module that the preset reads when it is parsed. */
export interface ParsedModule {
  readonly id: string;
  readonly isEntry: boolean;
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
  readonly exports: readonly string[];
}

/** The part of rolldown's plugin context that the preset uses at the start of a bundle. */
export interface StartContext extends Pick<BundlerContext, 'resolve'> {
  readonly meta: { readonly watchMode: boolean };
  warn(message: string): void;
}

/** The part of the options of a bundle that the preset reads at its start. */
export interface StartOptions {
  readonly plugins: readonly object[];
}

/** Transformed code in which all original code keeps its position. */
export interface Transformed {
  readonly code: string;
  readonly map: null;
}

/** The part of rolldown's plugin context that the preset uses. */
export interface BundlerContext {
  parse(code: string, options: { lang: 'ts' | 'tsx' }): unknown;
  resolve(source: string, importer?: string): Promise<{ readonly id: string; readonly external?: unknown } | null>;
}
