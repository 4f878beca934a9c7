// Makes bundles of the fixture.
//   node bundle.mjs <folder of the compiled project> <folder for the bundles>
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const [project, bundles] = process.argv.slice(2);
const esmCode = join(project, 'esm/out/main.js');
// What of the dependencies there is as ES modules, class-transformer and class-validator for example, is taken as such.
const moduleFirst = { input: { resolve: { mainFields: ['module', 'main'] } } };

const kinds = {
  esm: {},
  moduleFirst,
  minified: { ...moduleFirst, output: { minify: true } },
  minifiedWithNames: { ...moduleFirst, output: { minify: true, keepNames: true } },
  cjs: { output: { format: 'cjs' } },
  ofCjs: { input: { input: join(project, 'cjs/out/main.js') }, output: { format: 'cjs' } },
  ofSources: { input: { input: join(project, 'esm/src/main.ts'), tsconfig: join(project, 'esm/tsconfig.json') } },
};

for (const [name, kind] of Object.entries(kinds)) await bundle(join(bundles, name), kind);

async function bundle(dir, { input = {}, output = {} }) {
  const build = await rolldown({ input: esmCode, platform: 'node', logLevel: 'silent', ...input });
  await build.write({ dir, ...output });
  await build.close();
  const type = output.format === 'cjs' ? 'commonjs' : 'module';
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ type }));
}
