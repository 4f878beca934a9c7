import { dirname, join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

/**
 * Returns the declarations: a file for each entry with what it exports, and files that entries share. They are those of
 * the CommonJS build.
 *
 * @param {string} compiled The folder that the compiler has written declarations to.
 * @param {readonly string[]} entries `index`, `testing/index` and so on.
 * @returns {Promise<[path: string, text: string][]>}
 */
export async function declarationsOf(compiled, entries) {
  const bundle = await rollup({
    input: Object.fromEntries(entries.map((entry) => [entry, join(compiled, `${entry}.d.ts`)])),
    external: (id) => !id.startsWith('.') && !id.startsWith(compiled),
    plugins: [dts()],
    onLog: refuse,
  });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: ({ name }) => `shared/${name.replace(/\.d$/, '')}.d.ts`,
    minifyInternalExports: false,
  });
  await bundle.close();
  return output.map(({ fileName, code }) => [
    fileName,
    code.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4)),
  ]);
}

function refuse(level, { message }) {
  // An entry may use a type that it does not export.
  if (level === 'warn' && !message.includes('private shared type exports')) throw new Error(message);
}

/**
 * Returns declarations of the ES modules' entries that refer to those of the CommonJS build: both have the same types,
 * also where a class has private members, and TypeScript reads one set.
 *
 * @param {readonly string[]} entries `index`, `testing/index` and so on.
 * @returns {[path: string, text: string][]}
 */
export function declaredAgain(entries) {
  return entries.map((entry) => {
    const path = relative(dirname(join('esm', entry)), join('cjs', entry)).replaceAll('\\', '/');
    return [`${entry}.d.ts`, `export * from '${path}.js';\n`];
  });
}
