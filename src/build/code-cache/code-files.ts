import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputChunk, Plugin } from 'rolldown';
import type { PresetSettings } from '../build-options.js';
import { type Bundle, loadRolldown } from '../bundle.js';
import { bundlerOptions } from '../bundler-options.js';
import type { BundlerOutput } from '../rolldown-types.js';
import { loaderText } from './loader.js';
import { type ModuleFiles, scriptSyntax } from './script-syntax.js';

/** A bundle of scripts, and a handler's file that runs them with a code cache. */
export interface CodeFiles {
  readonly chunks: readonly OutputChunk[];
  readonly handlerFile: string;
  readonly codeFile: string;
  readonly cacheFile: string;
  /** Of the checksum of the cache: code of another build has another one. */
  readonly seed: number;
}

/**
 * Makes scripts of a bundle of ES modules, because V8 takes no code cache for modules. All that is loaded at the start
 * becomes one file: between files, functions call each other through exports, which takes longer.
 *
 * @throws BootstrapError when code that is loaded on demand waits at its top level.
 */
export async function codeFiles(
  bundled: Pick<Bundle, 'chunks'>,
  settings: PresetSettings,
  flags: readonly string[],
): Promise<CodeFiles> {
  // Only a file that is a program may start with a comment of shells.
  const chunks = bundled.chunks.map((chunk) => ({ ...chunk, code: chunk.code.replace(/^#!.*/, '') }));
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const { output } = bundlerOptions({ ...settings, format: 'cjs' });
  const modules: ModuleFiles = { chunks, entry, pathOf: (fileName) => join(output.dir, fileName) };
  const { plugin, externals, loaded } = await scriptSyntax(modules);
  const scripts = await asScripts(modules, plugin, output);
  const code = scripts.find(({ isEntry }) => isEntry)!;
  const cacheFile = `${entry.fileName.slice(0, -'.mjs'.length)}.code-cache`;
  const seed = createHash('sha256').update(code.code).digest().readInt32LE();
  const text = loaderText({
    codeFile: basename(code.fileName),
    cacheFile: basename(cacheFile),
    seed,
    exports: entry.exports,
    externals,
    ...(code.exports.includes(loaded) && { loaded }),
    flags,
  });
  const handler = { ...entry, code: text, map: null, imports: [code.fileName], dynamicImports: [], modules: {} };
  const others = scripts.filter((script) => script !== code);
  const files = { handlerFile: entry.fileName, codeFile: code.fileName, cacheFile, seed };
  return { chunks: [handler, { ...code, isEntry: false }, ...others], ...files };
}

async function asScripts(
  { chunks, entry, pathOf }: ModuleFiles,
  syntax: Plugin,
  output: BundlerOutput,
): Promise<readonly OutputChunk[]> {
  const { rolldown } = await loadRolldown();
  const { codeSplitting: _, ...options } = output;
  const files = new Map(chunks.map((chunk) => [pathOf(chunk.fileName), chunk]));
  const bundler = await rolldown({
    input: { [`${entry.name}-code`]: pathOf(entry.fileName) },
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    // What tells scripts from modules.
    transform: { define: { module: 'undefined', exports: 'undefined' } },
    plugins: [syntax, inMemory(files)],
    logLevel: 'silent',
  });
  try {
    // Only what the modules themselves export, which may be called "__esModule", too.
    const made = await bundler.generate({ ...options, exports: 'named', esModule: false, sourcemap: 'hidden' });
    return made.output.filter((file) => file.type === 'chunk');
  } finally {
    await bundler.close();
  }
}

/** Returns a plugin that loads the files of a bundle, with their source maps. All else is packages, or Node's own. */
function inMemory(files: ReadonlyMap<string, OutputChunk>): Plugin {
  return {
    name: 'lambent:in-memory',
    resolveId(source, importer) {
      const path = importer === undefined ? source : resolve(dirname(importer), source);
      return files.has(path) ? path : { id: source, external: true };
    },
    load(id) {
      const { code, map } = files.get(id)!;
      return { code, map: map?.toString() ?? null };
    },
  };
}
