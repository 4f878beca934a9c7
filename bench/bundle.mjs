// Bundles every contestant as its users would for Lambda: Lambent with its own preset, all others with the same
// settings of Rolldown.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { bench, packagesOf, root } from './paths.mjs';

const tsconfig = join(bench, 'contestants/tsconfig.json');
/** As in Lambent's preset: function names would only make the bundles larger. */
const keptNames = { keepNames: { class: true, function: false } };

/**
 * Bundles `input` into `dir/index.mjs`, minified.
 *
 * @param options.packages a key of `packagesOf`: whose dependencies the sources are built with
 */
export async function bundle(input, dir, { packages }) {
  rmSync(dir, { recursive: true, force: true });
  const {
    output,
    plugins = [],
    ...options
  } = packages === 'lambent' ? await lambentOptions(input, dir) : peerOptions(input, dir);
  const build = await rolldown({
    ...options,
    plugins: [...plugins, dependenciesFrom(packagesOf[packages])],
    logLevel: 'silent',
  });
  await build.write(output);
  await build.close();
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}\n');
}

async function lambentOptions(input, dir) {
  const { preset } = await import(pathToFileURL(join(root, 'dist/esm/build/index.js')));
  return preset({ entry: { index: input }, outDir: dir, sourcemaps: false, runtimeSdk: true, tsconfig });
}

function peerOptions(input, dir) {
  return {
    input: { index: input },
    platform: 'node',
    tsconfig,
    // All Node runtimes of Lambda include it.
    external: /^@aws-sdk\//,
    resolve: { mainFields: ['es2015', 'module', 'main'] },
    transform: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    output: {
      dir,
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
      minify: { compress: keptNames, mangle: keptNames, codegen: true },
    },
  };
}

/** Resolves packages: the folder of the contestants has no node_modules, because each one uses its own. */
function dependenciesFrom(manifest) {
  return {
    name: 'dependencies-of-contestant',
    resolveId(source, importer, { kind }) {
      if (!importer?.startsWith(bench) || importer.includes('node_modules') || !isPackage(source)) return null;
      return this.resolve(source, manifest, { kind, skipSelf: true });
    },
  };
}

function isPackage(source) {
  return !/^[./\0]|^node:/.test(source);
}
