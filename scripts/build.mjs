// Two builds from the same sources: dist/esm for `import` and bundlers, dist/cjs for `require` and Jest.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

// Bundlers must keep imports for side effects, because tsyringe needs reflect-metadata to be loaded.
const sideEffects = ['./metadata/reflection.js'];

rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const [format, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
]) {
  execFileSync(process.execPath, [tsc, '-p', `tsconfig.${format}.json`], { cwd: root, stdio: 'inherit' });
  writeFileSync(join(root, 'dist', format, 'package.json'), `${JSON.stringify({ type, sideEffects })}\n`);
}
