// Every contestant is built in the same way, as its users would for Lambda.
import { rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { rolldown } from 'rolldown';
import { packagesOf } from './paths.mjs';

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
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'], extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [dependenciesFrom(packagesOf[packages])],
    logLevel: 'silent',
  });
  await build.write({ dir, format: 'esm', minify: true, keepNames: true, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await build.close();
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}\n');
}

/**
 * The sources of all contestants lie in one folder, without node_modules of their own. An optional dependency that
 * is not installed stays an import, which fails where the framework expects it to.
 */
function dependenciesFrom(manifest) {
  return {
    name: 'dependencies-of-contestant',
    async resolveId(source, importer, { isEntry }) {
      if (isEntry || !isBare(source)) return null;
      const from = importer.includes('/node_modules/') || importer.includes('/dist/') ? importer : manifest;
      return (await this.resolve(source, from, { skipSelf: true })) ?? { id: source, external: true };
    },
  };
}

function isBare(source) {
  return !source.startsWith('.') && !source.startsWith('node:') && !isAbsolute(source) && !source.startsWith('\0');
}
