import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { namesInOneObject } from '../../src/build/names-in-one-object.js';
import { run } from '../integration/formats/project.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject } from './project.js';

/** A file that an entry and a file on demand share, and what they do with it. */
interface Case {
  /** The shared module, besides thirty constants. */
  readonly shared: string;
  /** The module on demand. It exports `answer`. */
  readonly late: string;
  readonly answer: unknown;
  /** Whether the names are members of an object. */
  readonly gathered: boolean;
}

const constants = Array.from({ length: 30 }, (_, index) => `name${index}`);
const all = constants.join(', ');
const IMPORT_ALL = `import { ${all} } from './shared.js';\n`;

const CASES: Readonly<Record<string, Case>> = {
  constants: {
    shared: '',
    late: 'export const answer = () => name0 + name29;',
    answer: 29,
    gathered: true,
  },
  'functions and classes that use each other': {
    shared:
      'export class Base { get made() { return make(Derived).name; } }\nexport class Derived extends Base { name = "derived"; }\nexport function make(type) { return new type(); }',
    late: 'import { Base, Derived, make } from "./shared.js"; export const answer = () => [make(Base).made, make(Derived).made];',
    answer: ['derived', 'derived'],
    gathered: true,
  },
  'a variable that is assigned to while its module runs': {
    shared: 'export let found = 1; found = 2;\nif (name0 === 0) found += 1;\nfor (found of [found, 7]) ;',
    late: 'import { found } from "./shared.js"; export const answer = () => found;',
    answer: 7,
    gathered: true,
  },
  'a variable of the module alone': {
    shared: 'let count = 0; export function next() { return ++count; }',
    late: 'import { next } from "./shared.js"; export const answer = () => [next(), next()];',
    answer: [1, 2],
    gathered: true,
  },
  'a module whose own function replaces itself': {
    shared: 'function kind() { kind = () => "late"; return "first"; } export default function () { return kind(); }',
    late: 'import given from "./shared.js"; export const answer = () => [given(), given()];',
    answer: ['first', 'late'],
    gathered: true,
  },
  'a default function that replaces itself': {
    shared: 'export default function own() { own = () => "late"; return "first"; }',
    late: 'import given from "./shared.js"; export const answer = () => [given(), given()];',
    answer: ['first', 'late'],
    gathered: false,
  },
  'one of several variables that changes': {
    shared: 'export let [kept, count] = [1, 0]; export function change() { count = 5; }',
    late: 'import { change, count } from "./shared.js"; export const answer = () => { const before = count; change(); return [before, count]; };',
    answer: [0, 5],
    gathered: false,
  },
  'one of several variables that changes, in a pattern of patterns': {
    shared: 'export let { a: { kept }, b: count } = { a: { kept: 1 }, b: 0 }; export function change() { count = 5; }',
    late: 'import { change, count } from "./shared.js"; export const answer = () => { const before = count; change(); return [before, count]; };',
    answer: [0, 5],
    gathered: false,
  },
  'names that rolldown may call `as`': {
    shared: Array.from({ length: 900 }, (_, index) => `export const more${index} = JSON.parse("${index}");`).join('\n'),
    late: `import * as every from "./shared.js"; export const answer = () => Object.keys(every).length;\nimport { ${Array.from({ length: 900 }, (_, index) => `more${index}`).join(', ')} } from "./shared.js"; export const more = [${Array.from({ length: 900 }, (_, index) => `more${index}`).join(', ')}];`,
    answer: 930,
    gathered: true,
  },
  'text that looks like its imports and exports': {
    shared: 'export const text = `\nexport { name1 };\nimport { name1 } from "./shared.mjs";\n`;',
    late: 'import { text } from "./shared.js"; export const answer = () => [text, `\nimport { name1 } from "./shared.mjs";\n`];',
    answer: [
      '\nexport { name1 };\nimport { name1 } from "./shared.mjs";\n',
      '\nimport { name1 } from "./shared.mjs";\n',
    ],
    gathered: true,
  },
  'a default export': {
    shared: 'export default function () { return "default"; }',
    late: 'import given from "./shared.js"; export const answer = () => given();',
    answer: 'default',
    gathered: true,
  },
  'all names at once': {
    shared: '',
    late: 'import * as shared from "./shared.js"; const key = "name2"; export const answer = () => [shared[key], Object.keys(shared).length];',
    answer: [2, 30],
    gathered: true,
  },
  'names that are passed on': {
    shared: '',
    late: 'export { name1 as passed } from "./shared.js"; import * as own from "./late.js"; export const answer = () => own.passed;',
    answer: 1,
    gathered: true,
  },
  'a module that is also imported on demand': {
    shared: '',
    late: 'export const answer = async () => (await import("./shared.js")).name3;',
    answer: 3,
    gathered: true,
  },
  'all names of a module that is also imported on demand': {
    shared: 'export default "default";',
    late: 'const found = import("./shared.js"); export const answer = async () => { const { name3, ...all } = await found; return [name3, all.default, Object.keys(all).length]; };',
    answer: [3, 'default', 30],
    gathered: true,
  },
  ...changing('count++', 1),
  ...changing('--count', -1),
  ...changing('count = 5', 5),
  ...changing('count ??= 5', 0),
  ...changing('count ||= 5', 5),
  ...changing('[count] = [5]', 5),
  ...changing('({ value: count } = { value: 5 })', 5),
  ...changing('({ value: [{ count = 5 }] } = { value: [{}] })', 5),
  ...changing('[, ...count] = [1, 5]', [5]),
  ...changing('for (count of [4, 5]) ;', 5),
  ...changing('for (count in { five: 5 }) ;', 'five'),
  ...changing('(() => { count = 5; })()', 5),
  ...changing('new (class { constructor() { count = 5; } })()', 5),
  'a function that another replaces': {
    shared: 'export function count() { return 0; } export function change() { count = () => 5; }',
    late: 'import { change, count } from "./shared.js"; export const answer = () => { const before = count(); change(); return [before, count()]; };',
    answer: [0, 5],
    gathered: false,
  },
  'a variable that changes, under another name': {
    shared: 'let count = 0; export function change() { count = 5; }\nexport { count as total };',
    late: 'import { change, total } from "./shared.js"; export const answer = () => { const before = total; change(); return [before, total]; };',
    answer: [0, 5],
    gathered: false,
  },
};

/** A variable that a function changes after the file on demand has read it. */
function changing(statement: string, after: unknown): Record<string, Case> {
  return {
    [`a variable that ${statement} changes`]: {
      shared: `export let count = 0; export function change() { ${statement} }`,
      late: 'import { change, count } from "./shared.js"; export const answer = () => { const before = count; change(); return [before, count]; };',
      answer: [0, after],
      gathered: false,
    },
  };
}

const names = Object.keys(CASES);
let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('This test runs what is built: run `npm run build` first.');
  const builds = names.flatMap((_, index) => [true, false].map((minify) => [index, minify] as const));
  const sources = names.flatMap((name, index) => {
    const { shared, late } = CASES[name]!;
    return Object.entries({
      'shared.js': `${constants.map((constant, value) => `export const ${constant} = JSON.parse('${value}');\n`).join('')}${shared}`,
      'late.js': `${IMPORT_ALL}${late}\nexport const used = [${all}];`,
      'main.js': `${IMPORT_ALL}export const answer = async () => (await import('./late.js')).answer();\nexport const used = [${all}];`,
    }).map(([file, text]) => [`src/case${index}/${file}`, text]);
  });
  project = await createBuildProject(
    Object.fromEntries(
      builds.map(([index, minify]) => [
        `${index}-${minify}`,
        { entry: { main: `src/case${index}/main.js` }, plan: false, sourcemaps: false, minify },
      ]),
    ),
    Object.fromEntries(sources),
  );
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

describe.each(['minified', 'as written'])('a bundle, %s', (form) => {
  test.each(names)('shares %s', async (name) => {
    const build = `${names.indexOf(name)}-${form === 'minified'}`;
    const { failure } = project.built[build]!;
    if (failure) throw new Error(failure.message);
    const folder = join(project.bundles, build);
    const entry = pathToFileURL(join(folder, 'main.mjs')).href;
    const script = `console.log(JSON.stringify(await (await import('${entry}')).answer()))`;
    expect(JSON.parse(await run(['--input-type=module', '-e', script]))).toEqual(CASES[name]!.answer);
    const shared = readFileSync(join(folder, 'shared.mjs'), 'utf8');
    expect(/export ?\{ ?\w+ as names ?\}/.test(shared)).toBe(CASES[name]!.gathered);
  });
});

test('files that import each other keep their exports', () => {
  const listed = constants.map((name) => `${name} as ${name}_`);
  const chunk = (fileName: string, ...imports: string[]) => ({
    fileName,
    isEntry: false,
    isDynamicEntry: false,
    exports: listed,
    imports,
    modules: {},
  });
  const chunks = {
    'main.mjs': { ...chunk('main.mjs', 'one.mjs', 'two.mjs', 'three.mjs'), isEntry: true },
    'one.mjs': chunk('one.mjs', 'two.mjs'),
    'two.mjs': chunk('two.mjs', 'one.mjs'),
    'three.mjs': chunk('three.mjs', 'one.mjs', 'node:os'),
  };
  const imports = ['one', 'two', 'three'].map((name) => `import { ${listed[0]} } from "./${name}.mjs";`);
  const render = (name: keyof typeof chunks, code: string) =>
    namesInOneObject().renderChunk!.call({} as never, code, chunks[name], { format: 'es' }, { chunks });
  expect(render('one.mjs', `${imports[1]}\nexport { ${listed.join(', ')} };`)).toBeNull();
  expect(render('main.mjs', imports.join('\n'))?.code.split('\n')).toEqual([
    ...imports.slice(0, 2),
    'import { names as sharedNames } from "./three.mjs"; var { name0: name0_ } = sharedNames;',
  ]);
  expect(() => render('three.mjs', 'export const other = 1;')).toThrow('in a form that Lambent does not know');
  expect(() => render('main.mjs', 'import {\n name0\n} from "./three.mjs";')).toThrow('Please report it');
});
