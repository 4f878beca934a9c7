// Every contestant is built in the same way, as its users would for Lambda.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bench, packagesOf } from './paths.mjs';

/** Legacy decorators with their metadata, as `tsc` emits them by the settings that Lambent and NestJS ask for. */
const transform = {
  target: 'es2022',
  decorator: { legacy: true, emitDecoratorMetadata: true },
  assumptions: { setPublicClassFields: true },
  typescript: { removeClassFieldsWithoutInitializer: true },
};

/**
 * Bundles `input` into `dir/index.mjs`, ES modules of the dependencies first, minified, with the names of classes kept.
 *
 * @param options.packages a key of `packagesOf`: whose dependencies the sources of the benchmark are built with
 */
export async function bundle(input, dir, { packages }) {
  rmSync(dir, { recursive: true, force: true });
  const build = await rolldown({
    input: { index: input },
    platform: 'node',
    tsconfig: false,
    transform,
    resolve: { mainFields: ['module', 'main'], extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [dependenciesFrom(packagesOf[packages])],
    // Every Node runtime of Lambda has it.
    external: /^@aws-sdk\//,
    logLevel: 'silent',
  });
  await build.write({ dir, format: 'esm', minify: true, keepNames: true, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await build.close();
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}\n');
}

/** The sources of all contestants lie in one folder, which has no node_modules: this leads them to their own. */
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
