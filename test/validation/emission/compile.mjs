// Compiles the DTOs as CommonJS into <folder>/<emission>.js, by every compiler that is at hand.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';
import { rolldown } from 'rolldown';

const folder = process.argv[2];
const source = join(dirname(fileURLToPath(import.meta.url)), 'dtos.ts');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

function byTypeScript(name, strict) {
  const settings = {
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    module: 'commonjs',
    target: 'es2022',
    strictNullChecks: strict,
  };
  const flags = Object.entries(settings).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  execFileSync(
    process.execPath,
    [tsc, source, '--ignoreConfig', '--skipLibCheck', '--types', 'node', ...flags, '--outDir', folder],
    { stdio: 'inherit' },
  );
  renameSync(join(folder, 'dtos.js'), join(folder, `${name}.js`));
}

async function bySwc(name) {
  const { code } = await swc.transform(readFileSync(source, 'utf8'), {
    filename: source,
    configFile: false,
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  writeFileSync(join(folder, `${name}.js`), code);
}

async function byRolldown(name, strict) {
  const tsconfig = join(folder, `${name}.json`);

  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: { strictNullChecks: strict } }));
  const transform = {
    decorator: { legacy: true, emitDecoratorMetadata: true },
    assumptions: { setPublicClassFields: true },
  };
  const build = await rolldown({ input: source, external: /^class-/, platform: 'node', tsconfig, transform });
  await build.write({ file: join(folder, `${name}.js`), format: 'cjs' });
  await build.close();
}

byTypeScript('tsc', true);
byTypeScript('tsc-loose', false);
await bySwc('swc');
await byRolldown('rolldown', true);
await byRolldown('rolldown-loose', false);
