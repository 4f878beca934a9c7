import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildProject, createBuildProject, send } from '../project.js';

// Modules that wait at their top level, each with a handler that tells what became of what they declare. The same
// source is built as a module and as a script with a code cache.

const tells = (values: string) =>
  `export const handler = async () => ({ statusCode: 200, body: JSON.stringify(${values}) });`;
const wait = (value: string) => `await Promise.resolve(${value})`;

const modules: Readonly<Record<string, string>> = {
  patterns: `
    const { a, b: [c, , d = 4], ...e } = ${wait('{ a: 1, b: [2, 3], f: 5, g: { h: 6 } }')}, [i, ...j] = [7, 8, 9];
    let k, l = (1, 2); var { m: { n = a } = {} } = {} as any;
    ${tells('[a, c, d, e, i, j, k, l, n]')}`,
  functions: `
    const early = later(2) + String(await asynchronous(3));
    function later(n: number) { return n * factor; }
    async function asynchronous(n: number) { return later(n); }
    function* numbers() { yield early; yield factor; }
    var factor = 2;
    ${tells('[early, later(2), [...numbers()]]')}`,
  classes: `
    const base = ${wait('class Base { kind() { return "base"; } }')};
    export class Own extends base { static made = new.target === undefined; #secret = 1; get secret() { return this.#secret + Own.name.length; } }
    class Other extends Own {}
    ${tells('[new Own().secret, new Other().kind(), Other.name, Own.name, Own.made]')}`,
  blocks: `
    await 0;
    if (true) { var inIf: number | undefined = 1; let own = 2; inIf += own; }
    for (var i = 0, seen: number[] = []; i < 2; i++) { await i; seen.push(i); }
    for (var [key, value] of Object.entries({ x: 1 })) seen.push(value);
    for (var name in { y: 1 }) seen.push(name.length);
    for (const own of [5]) { var nested = own; }
    try { throw new Error('thrown'); } catch (error) { var message = (error as Error).message; }
    switch (1 as number) { case 1: var chosen = 'one'; }
    label: { var inLabel = 1; break label; }
    const inner = () => { var hidden = 1; return hidden; };
    const read = () => [inIf, i, seen, key, value, name, nested, message, chosen, inLabel, inner()];
    ${tells('read()')}`,
  loops: `
    const seen: number[] = [];
    for await (const one of (async function* () { yield 1; yield 2; })()) seen.push(one);
    const text = \`\${${wait('seen.length')}}\`;
    ${tells('[seen, text]')}`,
  exported: `
    let counter = ${wait('1')};
    export { counter as "a name", counter as renamed };
    export default class {}
    export * as path from 'node:path';
    counter += 1;
    ${tells('counter')}`,
  defaults: `export default ${wait('async () => 1')}; ${tells('1')}`,
  imports: `
    const name: string = 'node:os';
    const [{ sep }, os, data] = [await import('node:path'), await import(name), await import('./data.js')];
    const json = await import('./own.json', { with: { type: 'json' } }).then((all) => all.default, (error) => error.code);
    export const handler = async () => ({ statusCode: 200, body: JSON.stringify([sep, typeof os.cpus, data.value, json, typeof (await import('node:fs')).readFileSync]) });`,
  disposes: `
    const log: string[] = [];
    await using first = { [Symbol.asyncDispose]: async () => log.push('closed') };
    log.push(typeof first);
    ${tells('log')}`,
  strict: `
    const results: unknown[] = [];
    await 0;
    try { (globalThis as any).eval('undeclared = 1'); (0, function () { (undeclaredHere as any) = 1; })(); results.push('sloppy'); } catch (error) { results.push((error as Error).name); }
    declare var undeclaredHere: unknown;
    results.push((function (this: unknown) { return this === undefined; })());
    ${tells('results')}`,
  folder: `
    import { dirname } from 'node:path';
    import { fileURLToPath } from 'node:url';
    await 0;
    const own = dirname(fileURLToPath(import.meta.url));
    ${tells('[own === import.meta.dirname, own.endsWith("bundles/folderScript") || own.endsWith("bundles/folderModule")]')}`,
  // What waits is imported, and is loaded on demand, too.
  order: `
    import './first.js';
    import { second } from './second.js';
    const log = (globalThis as any).orderLog as string[];
    log.push('handler');
    await 0;
    log.push('handler waited');
    export const handler = async () => ({ statusCode: 200, body: JSON.stringify([log, second, (await import('./lazy.js')).lazy]) });`,
  // Scripts know names that modules don't, and use some of their own.
  idioms: `#!/usr/bin/env node
    declare let module: any, exports: any;
    export const importModule = (name: string) => import(name), lambentLoaded = 1, lambentGiven = 2;
    export const lambentScope = await importModule('node:os'), exportLater = 3;
    if (typeof module === 'object') module.exports = { handler: () => 'a script' };
    if (typeof exports === 'object') exports.handler = () => 'a script';
    const shadowed = async (importModule: number, lambentScope: number) => [importModule, lambentScope, typeof (await import('node:fs')).readFileSync];
    const meta = import.meta, file = import.meta.url.split('/').at(-1);
    ${tells('[lambentLoaded, lambentGiven, exportLater, typeof lambentScope.cpus, await shadowed(1, 2), import.meta.resolve("node:fs"), meta.dirname === import.meta.dirname, file, (await import("./late.js")).resolved]')}`,
  packages: `
    import 'effects';
    import only, { kind } from 'only-module';
    import * as all from 'only-module';
    import both, { kind as bothKind } from 'both';
    import script, { kind as scriptKind } from 'only-script';
    import { waited } from 'waiting';
    import data from 'both/data.json' with { type: 'json' };
    export { kind as renamed, default as "another name" } from 'only-module';
    ${tells('[(globalThis as any).effects, only(), kind, Object.keys(all), both(), bothKind, script(), scriptKind, waited, data, await import("./late-packages.js"), (await import("both")).kind]')}`,
  packagesWaiting: `#!/usr/bin/env node
    import only, { kind } from 'only-module';
    const late = await import('./late-packages.js');
    ${tells('[only(), kind, late]')}`,
  // Scripts may have a mark of this name.
  marked: `
    const own = 'own';
    export { own as __esModule, own as constructor };
    export default own;
    ${tells('[await import("./marked-late.js"), Object.keys(await import("./unmarked.js")), "__esModule" in (await import("./unmarked.js"))]')}`,
  exportsAll: `export * from 'exports-all';`,
  nothing: `import './first.js';\n${tells('(globalThis as any).orderLog')}`,
  throws: `await 0; throw new RangeError('at the start');\n${tells('1')}`,
  inFunction: `const load = async () => await 5; ${tells('await load()')}`,
};

const beside = {
  'src/data.ts': 'export const value = "data";',
  'src/own.json': '{ "own": true }',
  'src/first.ts':
    '((globalThis as any).orderLog ??= []).push("first"); await 0; (globalThis as any).orderLog.push("first waited"); export const first = 1;',
  'src/second.ts':
    'import { first } from "./first.js"; (globalThis as any).orderLog.push("second"); export const second = first + 1;',
  'src/lazy.ts': 'import { second } from "./second.js"; export const lazy = second + 1;',
  'src/late.ts': `export const resolved = import.meta.resolve('node:fs');`,
  'src/marked-late.ts': 'const own = 1; export { own as __esModule, own as default, own as toString };',
  'src/unmarked.ts': 'export default 1; export const other = 2;',
  'src/late-packages.ts': `
    import only, { kind } from 'only-module';
    import later from 'later';
    import { further } from './further.js';
    import list from 'later/list.json' with { type: 'json' };
    export default [only(), kind, later(), further, list, typeof module];
    declare const module: unknown;`,
  'src/further.ts': 'import { kind as further } from "later"; export { further };',
  'src/tooLate.ts': `export const handler = async () => (await import('./waits.js')).value;`,
  'src/exportsLate.ts': `export const handler = async () => (await import('./exportsAll.js')).handler({});`,
  'src/waits.ts': 'export const value = await Promise.resolve(1);',
  'event.json': '{}',
};

/** The files of a package, which bundles find. */
function installed(name: string, manifest: object, files: Readonly<Record<string, string>>) {
  const texts = Object.entries({ 'package.json': JSON.stringify({ name, ...manifest }), ...files });
  return Object.fromEntries(texts.map(([file, text]) => [`../bundles/node_modules/${name}/${file}`, text]));
}

const asModule = (text: string) => [{ type: 'module', exports: './index.js' }, { 'index.js': text }] as const;
const asScript = 'Object.assign(exports, { __esModule: true, kind: "script", default: () => "a script" });';
const packages = {
  ...installed('effects', ...asModule('globalThis.effects = 1;')),
  ...installed('only-module', ...asModule('export const kind = "module"; export default () => "a module";')),
  ...installed('waiting', ...asModule('export const waited = await Promise.resolve(1);')),
  ...installed(
    'later',
    { type: 'module', exports: { '.': './index.js', './list.json': './list.json' } },
    { 'index.js': 'export const kind = await "later"; export default () => "a later module";', 'list.json': '[2]' },
  ),
  ...installed('exports-all', ...asModule(tells('1'))),
  ...installed(
    'only-script',
    {},
    { 'index.js': 'module.exports = () => "only"; module.exports.kind = "only a script";' },
  ),
  ...installed(
    'both',
    { exports: { '.': { import: './index.mjs', default: './index.cjs' }, './data.json': './data.json' } },
    {
      'index.mjs': 'export const kind = "module"; export default () => "a module";',
      'index.cjs': asScript,
      'data.json': '[1]',
    },
  ),
};
const external = [
  'effects',
  'only-module',
  'waiting',
  'later',
  'exports-all',
  'only-script',
  'both',
  'both/data.json',
  'later/list.json',
];

const names = Object.keys(modules);
const codeCache = { events: ['event.json'], flags: [] };
let project: BuildProject;

beforeAll(async () => {
  const sources = Object.fromEntries(names.map((name) => [`src/${name}.ts`, modules[name]!]));
  const builds = names.flatMap((name) => {
    const build = { entry: `src/${name}.ts`, minify: name.length % 2 === 0, external };
    return [
      [`${name}Module`, build],
      [`${name}Script`, { ...build, codeCache }],
    ] as const;
  });
  const entry = 'src/tooLate.ts';
  const exportsLate = { entry: 'src/exportsLate.ts', external };
  const late = {
    late: { entry, codeCache },
    lateModule: { entry },
    exportsLate: { ...exportsLate, codeCache },
    exportsLateModule: exportsLate,
  };
  project = await createBuildProject(
    { ...Object.fromEntries(builds), ...late },
    { ...sources, ...beside, ...packages },
  );
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const failureOf = (failure: Error) => /RangeError: [^\n]*/.exec(String(failure))?.[0] ?? failure;

async function told(name: string): Promise<unknown> {
  const folder = join(project.bundles, name);
  const file = join(folder, `${name.replace(/Module$|Script$/, '')}.mjs`);
  return send(file, [{ handler: 'handler', event: {} }]).then(([outcome]) => outcome!.answer.body, failureOf);
}

test.each(names)('a module does the same as a script: %s', async (name) => {
  expect(project.built[`${name}Script`]!.failure).toBeUndefined();
  const [module, script] = await Promise.all([told(`${name}Module`), told(`${name}Script`)]);
  expect(script).toEqual(module);
  expect(module).toMatch(name === 'throws' ? 'RangeError: at the start' : /^[[\d]/);
});

test('what is loaded on demand cannot wait at its top level', () => {
  expect(project.built['lateModule']!.failure).toBeUndefined();
  const { failure } = project.built['late']!;
  expect(failure?.name).toBe('BootstrapError');
  expect(failure?.message).toMatch(/"await" at the top level: \S+src\/waits\.ts\. .* Move the "await" into/);
});

test('what is loaded on demand cannot export all of a package that is not in the bundle', () => {
  expect(project.built['exportsLateModule']!.failure).toBeUndefined();
  const { failure } = project.built['exportsLate']!;
  expect(failure?.name).toBe('BootstrapError');
  expect(failure?.message).toMatch(/has "export \* from" "exports-all", a package .* Name the exports/);
});
