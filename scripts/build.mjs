// Builds dist/ from src/: dist/esm for `import` and bundlers, dist/cjs for `require` and Jest. What is in them, and why:
// docs/decisions/two-builds.md
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commonJsOf } from './build/commonjs.mjs';
import { declarationsOf, declaredAgain } from './build/declarations.mjs';
import { modulesOf } from './build/modules.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** `index`, `testing/index` and so on. */
const entries = Object.keys(exports)
  .filter((subpath) => !subpath.endsWith('.json'))
  .map((subpath) => join(subpath, 'index'));

const compiled = mkdtempSync(join(tmpdir(), 'lambent-build-'));
try {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.esm.json', '--outDir', compiled], {
    cwd: root,
    stdio: 'inherit',
  });
  const [commonJs, declarations] = await Promise.all([
    commonJsOf(compiled, entries, Object.keys({ ...dependencies, ...peerDependencies })),
    declarationsOf(compiled, entries),
  ]);
  const modules = modulesOf(compiled);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  // Bundlers must keep imports for side effects, because tsyringe needs reflect-metadata to be loaded.
  write('esm', { type: 'module', sideEffects: ['./metadata/reflection.js'] }, [...modules, ...declaredAgain(entries)]);
  write('cjs', { type: 'commonjs' }, [...commonJs, ...declarations]);
} finally {
  rmSync(compiled, { recursive: true, force: true });
}

/** @param {[path: string, text: string][]} files With paths in the folder of the format. */
function write(format, manifest, files) {
  for (const [path, text] of [...files, ['package.json', `${JSON.stringify(manifest)}\n`]]) {
    const file = join(root, 'dist', format, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
