import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Expressions,
  expressionsOf,
  knownAsLinear,
  linearExpressionsFile,
  problemOf,
} from './regular-expressions.js';

const root = join(__dirname, '../../src');
const sources = (readdirSync(root, { recursive: true }) as string[])
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .toSorted();
const found = new Map<string, Expressions>(
  sources.map((path) => [path, expressionsOf(readFileSync(join(root, path), 'utf8'))]),
);
const literals = new Set([...found.values()].flatMap((expressions) => expressions.literals));

/** What callers' words never reach, by the file. */
const OF_THE_PROGRAM_ALONE: ReadonlySet<string> = new Set([
  // A class's own source.
  'metadata/reflection.ts',
  // A method's.
  'openapi/operation/method-result.ts',
]);

/** Who makes expressions while it runs, and why that is good. */
const MAKERS: Readonly<Record<string, string>> = {
  'application/method/request-readers.ts': "of a parameter's name, and looks at the program's own source",
  'build/lean-packages.ts': 'of a constant prefix',
  'cli/project/compile-sources.ts': "of packages' names, that are escaped, from their beginning on",
  'errors/redact-details.ts': 'of a text of up to three characters, that is escaped',
  'http/policies/cors.ts': "the application's own, without two flags; an origin is at most 512 characters long",
  'metadata/reflection.ts': "of its own parts, and looks at a class's own source",
  'openapi/schema/rule-schemas.ts': 'is written down, and matches nothing',
  'router/parse-pattern.ts': 'of a constraint, to see whether it is one',
  'router/plan-pattern.ts': "of the application's own constraints",
  'router/route-node.ts': 'that is planned of a pattern',
  'validation/compiled/inline-rules.ts': "of the application's own pattern, as class-validator does",
};

// Writes down what is new, so that it is not asked for again: `CHECK_EXPRESSIONS=1 npx jest test/architecture/regular-expressions`
const updates = process.env['CHECK_EXPRESSIONS'] === '1';

describe('every regular expression of the sources', () => {
  it('takes a time that grows as the text does, so that no caller makes it take seconds', async () => {
    const known = new Set(knownAsLinear());
    const excused = new Set([...OF_THE_PROGRAM_ALONE].flatMap((path) => found.get(path)!.literals));
    const asked = [...literals].filter((literal) => !known.has(literal) && !excused.has(literal));
    const problems: string[] = [];
    for (const literal of asked) {
      const problem = await problemOf(literal);
      if (problem) problems.push(`${literal} is ${problem}`);
    }
    expect(problems).toEqual([]);
    const linear = [...literals].filter((literal) => !excused.has(literal));
    if (updates) writeFileSync(linearExpressionsFile, `${JSON.stringify(linear.toSorted(), null, 1)}\n`);
  });

  it('is written down, or made by one who is known to make good ones', () => {
    expect(sources.filter((path) => found.get(path)!.makes)).toEqual(Object.keys(MAKERS));
  });
});

/** Loaded by the planner alone, and when the API document is first asked for. */
const NOT_AT_THE_START: ReadonlySet<string> = new Set([
  'router/parse-pattern.ts',
  'openapi/operation/operation-names.ts',
]);

// V8 checks the syntax of a literal when it first reads the file, and makes the set of characters for that: 1.6 million
// instructions for `/[^\p{L}\p{N}]/gu`, of the 120 million that a start takes, even if the expression is never used.
test('no regular expression that is loaded at the start has a class of Unicode', () => {
  const withClass = sources.filter((path) => found.get(path)!.literals.some((literal) => /\\p\{/i.test(literal)));
  expect(withClass.filter((path) => !NOT_AT_THE_START.has(path))).toEqual([]);
});

// What `Range` was read with: 6,000 characters took half a minute.
const BAD = String.raw`/^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i`;

test.each([
  [BAD, 'vulnerable: 3rd degree polynomial'],
  [String.raw`/\s+$/`, 'vulnerable: 2nd degree polynomial'],
  [String.raw`/\/\*[\s\S]*?\*\//g`, 'vulnerable: 2nd degree polynomial'],
  [String.raw`/^(a|a)*b$/`, 'vulnerable: exponential'],
  [String.raw`/^\s*bytes$/`, undefined],
])('%s is found to be %p', async (literal, problem) => {
  expect(await problemOf(literal)).toBe(problem);
});

test('a source is read with a parser', () => {
  expect(expressionsOf('const a = /b/g; // /c/\nconst d = "/e/"; class F { x = /(?<g>h)/u }')).toEqual({
    literals: ['/b/g', '/(?<g>h)/u'],
    makes: false,
  });
  expect(expressionsOf('new RegExp(text)').makes).toBe(true);
  expect(expressionsOf('RegExp(text)').makes).toBe(true);
});
