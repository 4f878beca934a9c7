import { basename, dirname, join, resolve } from 'node:path';
import type { OutputChunk, Plugin } from 'rolldown';
import type { PresetSettings } from '../build-options.js';
import { type Bundle, loadRolldown } from '../bundle.js';
import { bundlerOptions } from '../bundler-options.js';
import { loaderText } from './loader.js';
import { LOADED, scriptSyntax } from './script-syntax.js';

/** A bundle of scripts, and a handler's file that runs them with a code cache. */
export interface CodeFiles {
  readonly chunks: readonly OutputChunk[];
  readonly handlerFile: string;
  readonly cacheFile: string;
}

/**
 * Makes scripts of a bundle of ES modules, because V8 takes no code cache for modules. All that is loaded at the start
 * becomes one file: between files, functions call each other through exports, which takes longer.
 *
 * @throws BootstrapError when code that is loaded on demand waits at its top level.
 */
export async function codeFiles(
  { chunks }: Bundle,
  settings: PresetSettings,
  flags: readonly string[],
): Promise<CodeFiles> {
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const scripts = await asScripts(chunks, entry, settings);
  const code = scripts.find(({ isEntry }) => isEntry)!;
  const cacheFile = `${entry.fileName.slice(0, -'.mjs'.length)}.code-cache`;
  const text = loaderText({
    codeFile: basename(code.fileName),
    cacheFile: basename(cacheFile),
    exports: entry.exports,
    waits: code.exports.includes(LOADED),
    flags,
  });
  const handler = { ...entry, code: text, map: null, imports: [code.fileName], dynamicImports: [], modules: {} };
  const others = scripts.filter((script) => script !== code);
  return { chunks: [handler, { ...code, isEntry: false }, ...others], handlerFile: entry.fileName, cacheFile };
}

async function asScripts(
  chunks: readonly OutputChunk[],
  entry: OutputChunk,
  settings: PresetSettings,
): Promise<readonly OutputChunk[]> {
  const { rolldown } = await loadRolldown();
  const { codeSplitting: _, ...output } = bundlerOptions({ ...settings, format: 'cjs' }).output;
  const pathOf = (fileName: string) => join(output.dir, fileName);
  const files = new Map(chunks.map((chunk) => [pathOf(chunk.fileName), chunk]));
  const bundler = await rolldown({
    input: { [`${entry.name}-code`]: pathOf(entry.fileName) },
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    plugins: [await scriptSyntax({ chunks, pathOf }), inMemory(files)],
    logLevel: 'silent',
  });
  try {
    const made = await bundler.generate({ ...output, exports: 'named', sourcemap: 'hidden' });
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
