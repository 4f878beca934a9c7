import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { APP, importsOf, INVOKE, JEST_TEST, jestConfig, tsconfig } from './package/consumer.js';
import { createFreshProject, type FreshProject } from './package/fresh-project.js';
import { entries, repository } from './package/manifest.js';

const CDK = 'lambent/cdk';
/** TypeScript 7 has dropped node10. */
const typescript5 = join(repository, 'test/openapi/client/node_modules/typescript/bin/tsc');
const allEntries = importsOf(entries.map(({ name }) => name).filter((name) => name !== CDK));
/** The CDK's own declarations are not written for it. */
const asTheCdk = { exactOptionalPropertyTypes: false };

let project: FreshProject;
/** Lambda runs Node 20 and 22 with this flag, under which `import` and `require` load two copies of a package. */
let twoCopies: string[];

beforeAll(() => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test packs the build: run `npm run build` first.');
  project = createFreshProject();
  const knowsFlag = project.node(['-p', "process.allowedNodeEnvironmentFlags.has('--experimental-require-module')"]);
  twoCopies = knowsFlag.trim() === 'true' ? ['--no-experimental-require-module'] : [];
  project.write({ 'invoke.cjs': INVOKE, 'app.mts': APP, 'app.cts': APP, 'app.ts': APP });
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

function evaluate(source: string, kind: 'module' | 'commonjs', flags: readonly string[] = []): unknown {
  return JSON.parse(project.node([...flags, `--input-type=${kind}`, '--eval', source]));
}

function textOf(packed: string): string {
  return readFileSync(join(project.folder, 'node_modules/lambent', packed), 'utf8');
}

describe('the tarball', () => {
  test('holds the build and nothing else', () => {
    const expected = /^(dist\/(esm|cjs)\/(.+\.(js|d\.ts)|package\.json)|package\.json|README\.md|LICENSE)$/;
    expect(project.packed.filter((path) => !expected.test(path))).toEqual([]);
    expect(project.packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
  });

  test('has at most 1,500 files and 3.2 MB', () => {
    expect(project.packed.length).toBeLessThan(1500);
    expect(project.bytes).toBeLessThan(3_200_000);
  });

  test('has each declaration once: that of an ES module refers to that of CommonJS', () => {
    const [esm, cjs] = ['esm', 'cjs'].map((format) =>
      project.packed.filter((path) => path.startsWith(`dist/${format}/`) && path.endsWith('.d.ts')),
    );
    expect(esm).toEqual(cjs!.filter((path) => path.endsWith('index.d.ts')).map((path) => path.replace('cjs', 'esm')));
    expect(
      esm!.map(textOf).filter((text) => !/^export \* from '[./]+\/cjs\/[\w/-]*index\.js';$/.test(text.trim())),
    ).toEqual([]);
  });

  test('refers to no source map: its statements are on lines of their own, and a map would double it', () => {
    const scripts = project.packed.filter((path) => path.endsWith('.js'));
    expect(scripts.filter((path) => /^\/\/# sourceMappingURL=/m.test(textOf(path)))).toEqual([]);
  });

  test('declares no type with parameters that TypeScript 5.4 knows none of', () => {
    const declarations = project.packed.filter((path) => path.endsWith('.d.ts'));
    expect(declarations.filter((path) => /\b(?:Buffer|Uint8Array|DataView)</.test(textOf(path)))).toEqual([]);
  });

  test('exports each entry by name, to files that exist', () => {
    const manifest = JSON.parse(textOf('package.json')) as { exports: Record<string, unknown> };
    expect(Object.keys(manifest.exports).filter((name) => name.includes('*'))).toEqual([]);
    expect(leaves(manifest.exports).filter((path) => !project.packed.includes(path.slice(2)))).toEqual([]);
  });
});

function leaves(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves);
}

describe('the installed package', () => {
  test.each(entries)('has the same names for import and require: $name', ({ name: entry }) => {
    const names = "(entry) => Object.keys(entry).filter((name) => name !== '__esModule').sort()";
    const imported = evaluate(`console.log(JSON.stringify((${names})(await import('${entry}'))))`, 'module');
    const required = evaluate(`console.log(JSON.stringify((${names})(require('${entry}'))))`, 'commonjs', twoCopies);
    expect(imported).toEqual(required);
    expect(imported).not.toEqual([]);
  });

  test.each(['import', 'require'])('has stack traces that lead to the statement, with %s', (way) => {
    const [kind, load] = way === 'import' ? ['module', 'await import'] : ['commonjs', 'require'];
    const script = `const { HttpException } = ${load}('lambent');
      try { new HttpException(200); } catch ({ stack }) { console.log(JSON.stringify(stack)); }`;
    const stack = evaluate(script, kind as 'module' | 'commonjs', twoCopies) as string;
    const [, name, file, line] = /at new (\S+) \((?:file:\/\/)?(.+lambent\/.+\.js):(\d+):\d+\)/.exec(stack)!;
    expect([name, readFileSync(file!, 'utf8').split('\n')[Number(line) - 1]]).toEqual([
      'HttpException',
      expect.stringMatching(/^.{0,99}throw new RangeError\(/),
    ]);
  });

  const bothCopies = `
    import { createRequire } from 'node:module';
    import * as esm from 'lambent';
    const cjs = createRequire(import.meta.url)('lambent');`;

  test('is one copy for import and require where Node can require ES modules', () => {
    const script = `${bothCopies}
      console.log(JSON.stringify({
        one: esm.HttpException === cjs.HttpException,
        able: process.features.require_module === true,
      }))`;
    const { one, able } = evaluate(script, 'module') as { one: boolean; able: boolean };
    expect(one).toBe(able);
  });

  test('recognises the classes of its other copy', () => {
    const script = `${bothCopies}
      console.log(JSON.stringify({
        apart: esm.HttpException !== cjs.HttpException,
        required: new cjs.HttpException(404) instanceof esm.HttpException,
        imported: new esm.NotFoundException() instanceof cjs.HttpException,
        subclass: new esm.HttpException(404) instanceof cjs.NotFoundException,
        other: new Error('no') instanceof esm.HttpException,
      }))`;
    expect(evaluate(script, 'module', twoCopies)).toEqual({
      apart: true,
      required: true,
      imported: true,
      subclass: false,
      other: false,
    });
  });
});

function compile(name: string, config: string): string {
  project.write({ [name]: config });
  return project.tool('typescript/bin/tsc', ['-p', name]);
}

describe("a user's first app", () => {
  test('compiles with nodenext and answers, as an ES module and as CommonJS', () => {
    project.write({ 'entries.mts': allEntries, 'entries.cts': allEntries });
    compile(
      'tsconfig.node.json',
      tsconfig('nodenext', 'nodenext', ['app.mts', 'app.cts', 'entries.mts', 'entries.cts']),
    );
    const ask = "for (const path of ['/hello/ada', '/hello/nobody']) answers.push(await get(handler, path));";
    const esm = `
      import { get } from './invoke.cjs';
      import { handler } from './out/app.mjs';
      const answers = []; ${ask} console.log(JSON.stringify(answers));`;
    const cjs = `
      const { get } = require('./invoke.cjs');
      const { handler } = require('./out/app.cjs');
      (async () => { const answers = []; ${ask} console.log(JSON.stringify(answers)); })();`;
    const answers = [
      { statusCode: 200, body: { hello: 'ada' } },
      { statusCode: 404, body: { detail: 'nobody is here' } },
    ];
    expect(evaluate(esm, 'module')).toEqual(answers);
    expect(evaluate(cjs, 'commonjs', twoCopies)).toEqual(answers);
  });

  test('compiles for a bundler', () => {
    project.write({ 'entries.ts': allEntries });
    const config = tsconfig('esnext', 'bundler', ['app.ts', 'entries.ts']);
    expect(compile('tsconfig.bundler.json', config)).toBe('');
  });

  test('compiles with moduleResolution node10, which many NestJS projects have, in TypeScript 5', () => {
    project.write({ 'entries.ts': allEntries });
    const config = tsconfig('commonjs', 'node10', ['app.ts', 'entries.ts'], { noEmit: true });
    project.write({ 'tsconfig.node10.json': config });
    expect(project.node([typescript5, '-p', 'tsconfig.node10.json'])).toBe('');
  });

  test.each(['nodenext', 'bundler'])('deploys itself with the CDK, whose types compile with %s', (resolution) => {
    project.write({ 'cdk.mts': importsOf([CDK]), 'cdk.cts': importsOf([CDK]), 'cdk.ts': importsOf([CDK]) });
    const files = resolution === 'nodenext' ? ['cdk.mts', 'cdk.cts'] : ['cdk.ts'];
    const config = tsconfig(resolution === 'nodenext' ? 'nodenext' : 'esnext', resolution, files, asTheCdk);
    expect(compile(`tsconfig.cdk.${resolution}.json`, config)).toBe('');
  });

  test("runs under the user's own Jest", () => {
    const transformer = join(repository, 'node_modules/@swc/jest/index.js');
    project.write({ 'jest.config.json': jestConfig(transformer), 'app.test.ts': JEST_TEST });
    const output = project.tool('jest/bin/jest.js', ['--config', 'jest.config.json', '--runInBand', '--json']);
    expect(JSON.parse(output)).toMatchObject({ success: true, numPassedTests: 2 });
  });
});
