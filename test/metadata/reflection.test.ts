import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { constructorOwner, constructorTypes } from '../../src/metadata/reflection.js';
import type { Constructor } from '../../src/shared/types.js';

interface Emitted {
  readonly Parent: Constructor;
  readonly inheriting: readonly Constructor[];
  readonly declaring: readonly Constructor[];
}

const root = join(__dirname, '../..');
const source = join(__dirname, 'emitted/classes.ts');
const folder = mkdtempSync(join(tmpdir(), 'emitted-'));
afterAll(() => rmSync(folder, { recursive: true }));

function typescript(define: boolean): string {
  const out = join(folder, `tsc-${define}`);
  const options = [
    '--target',
    'es2022',
    '--module',
    'commonjs',
    '--ignoreConfig',
    '--experimentalDecorators',
    '--emitDecoratorMetadata',
  ];
  const program = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [
    program,
    source,
    ...options,
    '--types',
    '',
    '--useDefineForClassFields',
    String(define),
    '--outDir',
    out,
  ]);
  return readFileSync(join(out, 'classes.js'), 'utf8');
}

function swc(useDefineForClassFields: boolean): string {
  return transformFileSync(source, {
    swcrc: false,
    configFile: false,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields },
    },
  }).code;
}

/** In a process of its own: Jest has no ES modules, and rolldown is one. */
function rolldown(minify: boolean): string {
  const out = join(folder, `rolldown-${minify}.cjs`);
  const program = `import { rolldown } from 'rolldown';
    const bundle = await rolldown({ input: ${JSON.stringify(source)}, tsconfig: ${JSON.stringify(join(root, 'tsconfig.json'))} });
    await bundle.write({ file: ${JSON.stringify(out)}, format: 'cjs', minify: ${minify} });`;
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root });
  return readFileSync(out, 'utf8');
}

function run(code: string): Emitted {
  const exported = {} as Emitted;
  new Function('exports', code)(exported);
  return exported;
}

describe.each([
  ['TypeScript', () => typescript(true)],
  ['TypeScript, properties assigned', () => typescript(false)],
  ['swc', () => swc(true)],
  ['swc, properties assigned', () => swc(false)],
  ['rolldown', () => rolldown(false)],
  ['rolldown, minified', () => rolldown(true)],
])('what %s emits', (_, compile) => {
  test('tells a constructor of its own from one that hands on what it is given', () => {
    const { Parent, inheriting, declaring } = run(compile());
    expect(inheriting.map((type) => constructorOwner(type) === Parent)).toEqual(inheriting.map(() => true));
    expect(declaring.map((type) => constructorOwner(type) === type)).toEqual(declaring.map(() => true));
    for (const type of inheriting) expect(constructorTypes(type)).toEqual(constructorTypes(Parent));
    expect(constructorTypes(Parent)).toHaveLength(1);
  });
});
