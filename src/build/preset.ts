import { resolve } from 'node:path';
import { PRESET_RULES, type PresetOptions, presetSettings, type PresetSettings } from './build-options.js';
import type { BundlerOptions, BundlerOutput, ChunkGroup } from './bundler-options.js';
import { declaredTypes } from './declared-types/declared-types.js';
import { leanPackages } from './lean-packages.js';
import { moduleName } from './module-name.js';
import { refuseDecoratedExpressions } from './refuse-decorated-expressions.js';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html, "Runtime-included SDK versions" */
const RUNTIME_SDK: readonly RegExp[] = [/^@aws-sdk\//, /^@smithy\//];

/**
 * Options for those who run rolldown themselves: `export default preset({ entry: 'src/handler.ts' })` in
 * `rolldown.config.js`. Source maps that should be outside are left without a comment, in the same folder.
 *
 * @throws BootstrapError when an option is unknown, or has a value that it does not take.
 */
export function preset(options: PresetOptions): BundlerOptions {
  return bundlerOptions(presetSettings(options, PRESET_RULES, 'preset()'));
}

export function bundlerOptions(settings: PresetSettings): BundlerOptions {
  const { entry, cwd, tsconfig = true, external, runtimeSdk, format } = settings;
  const input = inputOf(entry);
  const paths: Readonly<Record<string, string>> | readonly string[] = typeof input === 'string' ? [input] : input;
  return {
    input,
    cwd,
    platform: 'node',
    tsconfig,
    external: [...external, ...(runtimeSdk ? RUNTIME_SDK : [])],
    // The most modern sources of each package first: of ES modules what is unused can be left out, and those for 2015 are smaller than those for 5.
    resolve: { mainFields: ['es2015', 'module', 'main'], conditionNames: ['module', 'module-sync', 'node'] },
    transform: {
      decorator: { legacy: true, emitDecoratorMetadata: true },
      // What CommonJS packages have and ES modules have not.
      define: format === 'esm' ? { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } : {},
    },
    checks: { configurationFieldConflict: false },
    plugins: [leanPackages(), refuseDecoratedExpressions(), declaredTypes({ entries: Object.values(paths), cwd })],
    output: outputOptions(settings),
  };
}

function hasFunctions(entry: PresetSettings['entry']): boolean {
  return typeof entry !== 'string' && Object.keys(entry).length > 1;
}

function inputOf(entry: PresetSettings['entry']): BundlerOptions['input'] {
  if (typeof entry === 'string') return entry;
  return Array.isArray(entry) ? [...(entry as readonly string[])] : { ...(entry as Readonly<Record<string, string>>) };
}

// What is loaded at the start and by something lazy, too, in few files: each one costs a start a look on the disk. What
// only some functions of a folder share is kept apart, unless it is small (bytes of sources before anything is left out): as
// large as all of Lambent, whose parts would come into files that import each other, see `bundle`.
const SHARED = { name: 'shared', tags: ['$initial'], minShareCount: 2 } satisfies ChunkGroup;
const SHARED_BY_SOME = { ...SHARED, entriesAware: true, entriesAwareMergeThreshold: 400_000 } satisfies ChunkGroup;

/**
 * Puts all that is shared into one file: what it imports is shared as well, so that no file of the bundle imports
 * another that imports it.
 */
export function inOneFile(output: BundlerOutput): BundlerOutput {
  return { ...output, codeSplitting: { groups: [SHARED] } };
}

// Of functions the names are dropped: they would make 32 kB of an application that says hello, those of classes 5.
const KEEP_CLASSES = { keepNames: { class: true, function: false } } as const;

function outputOptions({ entry, outDir, cwd, format, minify, sourcemaps }: PresetSettings): BundlerOutput {
  const extension = format === 'esm' ? 'mjs' : 'cjs';
  return {
    dir: resolve(cwd, outDir),
    format,
    entryFileNames: ({ name }) => `${moduleName(name)}.${extension}`,
    // The name of a group is followed by those of its entries, each after a tilde.
    chunkFileNames: ({ name }) => `${name.split('~', 1)[0]}.${extension}`,
    codeSplitting: { groups: [hasFunctions(entry) ? SHARED_BY_SOME : SHARED] },
    // One arrow in a message, and V8 keeps the text of the whole file with two bytes a character.
    charset: 'ascii',
    // Entities that import each other name a class before its file has run. A decorated class is a `let` there, which
    // throws; the types that decorators are given allow for a class that is undefined.
    topLevelVar: true,
    sourcemap: sourcemaps === 'inside' ? true : sourcemaps !== false && 'hidden',
    // Licences ask to be kept.
    comments: { legal: true, annotation: false, jsdoc: false },
    minify: minify && { compress: KEEP_CLASSES, mangle: KEEP_CLASSES, codegen: true },
  };
}
