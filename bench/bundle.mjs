// Bundles every contestant as its users would for Lambda: Lambent with its own build, all others with the same
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
 * @param options.build options of Lambent's `build`, such as `{ plan: false }`
 * @param options.tree a checkout of Lambent that is built, with the sources in it; this one unless given
 */
export async function bundle(input, dir, { packages, build = {}, tree = root }) {
  rmSync(dir, { recursive: true, force: true });
  await (packages === 'lambent' ? bundleLambent(input, dir, { build, tree }) : bundlePeer(input, dir, packages));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}\n');
}

/** The sources find Lambent by its own name, and what it depends on in its node_modules. */
async function bundleLambent(input, dir, { build: options, tree }) {
  const { build } = await import(pathToFileURL(join(tree, 'dist/esm/build/index.js')));
  const output = { outDir: dir, sourcemaps: false, runtimeSdk: true, tsconfig, cwd: join(tree, 'bench'), quiet: true };
  await build({ entry: { index: input }, ...output, ...options });
}

async function bundlePeer(input, dir, packages) {
  const build = await rolldown({
    input: { index: input },
    platform: 'node',
    tsconfig,
    // All Node runtimes of Lambda include it.
    external: /^@aws-sdk\//,
    resolve: { mainFields: ['es2015', 'module', 'main'] },
    transform: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    plugins: [dependenciesFrom(packagesOf[packages])],
    logLevel: 'silent',
  });
  await build.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    minify: { compress: keptNames, mangle: keptNames, codegen: true },
  });
  await build.close();
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
