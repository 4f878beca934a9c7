import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { compact } from './compact.mjs';

/**
 * The entry that `lambent` itself loads, as one file. Other entries load it with their own, and what is lazy stays
 * apart.
 */
const CORE = 'core';

/**
 * Returns the CommonJS build: a file for each entry, with the files that they share.
 *
 * @param {string} compiled The folder that the compiler has written ES modules to.
 * @param {readonly string[]} entries `index`, `testing/index` and so on.
 * @param {readonly string[]} packages That are installed with the package, or beside it.
 * @returns {Promise<[path: string, text: string][]>}
 */
export async function commonJsOf(compiled, entries, packages) {
  const core = new Set();
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(compiled, `${entry}.js`)])),
    external: packages.map((name) => new RegExp(`^${name}(/|$)`)),
    platform: 'node',
    experimental: { attachDebugInfo: 'none' },
    plugins: [coreModules(join(compiled, 'index.js'), core)],
    onLog: refuse,
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    exports: 'named',
    esModule: true,
    // Jest cannot run `import()` in CommonJS.
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    codeSplitting: { groups: [{ name: CORE, test: (id) => core.has(id) }] },
  });
  await bundle.close();
  for (const { fileName, code } of output) refuseRenamedClasses(fileName, code);
  return output.map(({ fileName, code }) => [fileName, compact(fileName, code, true)]);
}

/** Collects what a module loads when it is loaded. */
function coreModules(entry, core) {
  return {
    name: 'core-modules',
    buildEnd() {
      const add = (id) => {
        const known = core.has(id) ? undefined : this.getModuleInfo(id);
        if (!known) return;
        core.add(id);
        known.importedIds.forEach(add);
      };
      this.getModuleInfo(entry).importedIds.forEach(add);
    },
  };
}

function refuse(level, { code, message }) {
  // What is loaded lazily by one module and at once by another is of interest in src/, where both are.
  if (code !== 'INEFFECTIVE_DYNAMIC_IMPORT' && level === 'warn') throw new Error(message);
}

/** Where two modules have a name in common, one is renamed. A class would tell so: in errors, logs and descriptions. */
function refuseRenamedClasses(fileName, code) {
  const renamed = /\bclass (?<name>\w+)\$\d+/.exec(code);
  if (renamed) throw new Error(`${fileName}: two classes are called ${renamed.groups.name}; give one another name`);
}
