import { resolve } from 'node:path';
import { entryPaths, type PresetSettings } from './build-options.js';
import { declaredTypes } from './declared-types/declared-types.js';
import { handlerFileName } from './handler-file-name.js';
import { leanPackages } from './lean-packages.js';
import { refuseDecoratedExpressions, refuseDecoratedJavaScript } from './refuse-decorators.js';
import type { BundlerOptions, BundlerOutput, ChunkGroup } from './rolldown-types.js';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html, "Runtime-included SDK versions" */
const RUNTIME_SDK: readonly RegExp[] = [/^@aws-sdk\//, /^@smithy\//];

/** Returns the options of rolldown for a bundle. */
export function bundlerOptions(settings: PresetSettings): BundlerOptions {
  const { entry, cwd, tsconfig = true, external, runtimeSdk, format } = settings;
  return {
    input: inputOf(entry),
    cwd,
    platform: 'node',
    tsconfig,
    external: [...external, ...(runtimeSdk ? RUNTIME_SDK : [])],
    // The most modern sources of each package: unused parts of ES modules can be left out, and code for ES2015 is
    // smaller than code for ES5.
    resolve: { mainFields: ['es2015', 'module', 'main'], conditionNames: ['module', 'module-sync', 'node'] },
    transform: {
      // Syntax that the oldest Node of Lambda's runtimes lacks, such as `using`, is rewritten.
      target: 'node20',
      decorator: { legacy: true, emitDecoratorMetadata: true },
      // CommonJS packages use these, which ES modules lack.
      define: format === 'esm' ? { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } : {},
    },
    // Where the planner is in the bundle, it has what the framework otherwise loads on demand.
    checks: { configurationFieldConflict: false, ineffectiveDynamicImport: false },
    plugins: [
      leanPackages(),
      refuseDecoratedExpressions(),
      refuseDecoratedJavaScript(),
      declaredTypes({ entries: entryPaths(settings), cwd }),
    ],
    output: outputOptions(settings),
  };
}

function inputOf(entry: PresetSettings['entry']): BundlerOptions['input'] {
  if (typeof entry === 'string') return entry;
  return Array.isArray(entry) ? [...(entry as readonly string[])] : { ...(entry as Readonly<Record<string, string>>) };
}

// Code loaded at startup that lazy files also use goes into few files, because each file costs startup a disk access.
// Code that only some functions of a folder share gets its own file, unless it is small. The threshold, in bytes of
// sources before anything is left out, is the size of all of Lambent, whose parts would otherwise end up in files that
// import each other (see `bundle`).
const SHARED = { name: 'shared', tags: ['$initial'], minShareCount: 2 } satisfies ChunkGroup;
const SHARED_BY_SOME = { ...SHARED, entriesAware: true, entriesAwareMergeThreshold: 400_000 } satisfies ChunkGroup;

/**
 * Puts all shared code into one file. Its imports are shared code, too, so no two files of the bundle import each
 * other.
 */
export function inOneFile(output: BundlerOutput): BundlerOutput {
  return { ...output, codeSplitting: { groups: [SHARED] } };
}

/** Puts the modules that a handler imports into one file, in their order. */
export function startInOneFile(output: BundlerOutput, modules: ReadonlySet<string>): BundlerOutput {
  const start: ChunkGroup = {
    name: 'shared',
    tags: ['$initial'],
    minShareCount: 1,
    test: (id) => modules.has(id),
    includeDependenciesRecursively: false,
  };
  return { ...output, codeSplitting: { groups: [start] } };
}

// Drops function names, which would take 32 kB in a hello-world application. Class names take 5 kB.
const KEEP_CLASSES = { keepNames: { class: true, function: false } } as const;

function outputOptions(settings: PresetSettings): BundlerOutput {
  const { outDir, cwd, format, minify, sourcemaps } = settings;
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  return {
    dir: resolve(cwd, outDir),
    format,
    entryFileNames: ({ name }) => `${handlerFileName(name)}.${extension}`,
    // Rolldown appends the names of a group's entries, each after a tilde.
    chunkFileNames: ({ name }) => `${name.split('~', 1)[0]}.${extension}`,
    codeSplitting: { groups: [entryPaths(settings).length > 1 ? SHARED_BY_SOME : SHARED] },
    // A single non-ASCII character makes V8 store the whole file with two bytes per character.
    charset: 'ascii',
    // Entities that import each other use a class before its file has run. A decorated class would be a `let`, which
    // throws then; the types that decorators receive allow for an undefined class.
    topLevelVar: true,
    // ES modules are strict; a script has to say so.
    ...(format === 'cjs' && { strict: true }),
    sourcemap: sourcemaps === 'inside' ? true : sourcemaps !== false && 'hidden',
    // Licenses require to be kept.
    comments: { legal: true, annotation: false, jsdoc: false },
    minify: minify && { compress: KEEP_CLASSES, mangle: KEEP_CLASSES, codegen: true },
  };
}
