import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Package, violations } from './architecture/rules.js';
import { parseSource } from './architecture/source-file.js';
import { entries, manifest, repository } from './package/manifest.js';

const ourPackage: Package = {
  dependencies: new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]),
  entries: new Set(entries.map(({ source }) => source)),
};

function ourSources(): Record<string, string> {
  const paths = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return Object.fromEntries(
    paths.map((path) => [path.split(sep).join('/'), readFileSync(join(repository, 'src', path), 'utf8')]),
  );
}

function check(sources: Record<string, string>, within: Package = ourPackage): string[] {
  return violations(
    Object.entries(sources).map(([path, text]) => parseSource(path, text)),
    within,
  );
}

test('the sources keep to the floors, the owners and the style of docs/architecture.md', () => {
  const sources = ourSources();
  expect(Object.keys(sources)).toContain('shared/brand.ts');
  expect(check(sources)).toEqual([]);
});

describe('the check itself', () => {
  const sdk: Package = {
    dependencies: new Set(['tsyringe', '@aws-sdk/client-s3', 'class-validator', '@types/mime']),
    entries: new Set(['index.ts', 'testing/index.ts']),
  };
  const leaf = 'export const leaf = 1;';
  /** The files the broken ones import. */
  const ground = {
    'shared/leaf.ts': leaf,
    'http/leaf.ts': leaf,
    'application/leaf.ts': leaf,
    'testing/index.ts': leaf,
    'index.ts': "export { leaf } from './shared/leaf.js';",
  };

  test('accepts imports from lower floors, from the same folder and of what the manifest declares', () => {
    const sources = {
      ...ground,
      'index.ts': "export { leaf } from './application/leaf.js'; export type { Top } from './modules/top.js';",
      'modules/top.ts': `
        import { container } from 'tsyringe';
        import { readFile } from 'node:fs/promises';
        import { leaf } from '../http/leaf.js';
        import { near } from './near.js';
        export type Top = typeof leaf;`,
      'modules/near.ts':
        "// import { leaf } from '../application/leaf.js'\nexport const near = \"import('../index.js')\";",
      'http/media.ts': "import type { Mime } from 'mime';",
      'aws/clients.ts':
        "import type { S3Client } from '@aws-sdk/client-s3'; const load = () => import('@aws-sdk/client-s3');",
    };
    expect(check(sources, sdk)).toEqual([]);
  });

  test.each([
    ["import { leaf } from '../application/leaf.js'", 'a higher floor'],
    ["import type { leaf } from '../application/leaf.js'", 'a higher floor'],
    ["export { leaf } from '../application/leaf.js'", 'a higher floor'],
    ["const load = () => import('../application/leaf.js')", 'a higher floor'],
    ["type Leaf = import('../application/leaf.js').Leaf", 'a higher floor'],
    ["import leaf = require('../application/leaf.js')", 'a higher floor'],
    ["const { leaf } = require('../application/leaf.js')", 'a higher floor'],
    ["import { leaf } from '../http/leaf.js'", 'another folder of the same floor'],
    ["import { leaf } from './missing.js'", 'no such file'],
  ])('refuses in router/: %s', (line, breach) => {
    expect(check({ ...ground, 'router/broken.ts': line }, sdk)).toEqual([expect.stringContaining(`: ${breach}`)]);
  });

  test.each([
    ['cli/broken.ts', "import { leaf } from '../index.js'", 'an entry, which nothing imports'],
    ['cli/broken.ts', "import { leaf } from '../testing/index.js'", 'an entry, which nothing imports'],
    ['testing/broken.ts', "import { leaf } from './index.js'", 'an entry, which nothing imports'],
  ])('refuses an import of an entry: %s %s', (path, line, breach) => {
    expect(check({ ...ground, [path]: line }, sdk)).toContainEqual(expect.stringContaining(breach));
  });

  test.each([
    ['binding/broken.ts', "import { container } from 'tsyringe'", 'only modules/ may'],
    ['modules/broken.ts', "import type { ValidationError } from 'class-validator'", 'only validation/ may'],
    [
      'events/broken.ts',
      "import type { S3Client } from '@aws-sdk/client-s3'",
      'only aws/, health/, messaging/, rate-limit/ may',
    ],
    ['aws/broken.ts', "import { S3Client } from '@aws-sdk/client-s3'", 'the SDK is loaded by the app, or on first use'],
    ['http/broken.ts', "import express from 'express'", 'neither a dependency nor a peer in package.json'],
    ['http/broken.ts', "import type { SQSEvent } from 'aws-lambda'", 'neither a dependency nor a peer in package.json'],
    ['http/broken.ts', "import { lookup } from 'mime'", 'neither a dependency nor a peer in package.json'],
    ['http/broken.ts', "import { join } from 'path'", 'neither a dependency nor a peer in package.json'],
  ])('refuses a package: %s %s', (path, line, breach) => {
    expect(check({ ...ground, [path]: line }, sdk)).toEqual([expect.stringContaining(breach)]);
  });

  test.each([
    ['http/utils.ts', leaf, 'is called "utils", which says nothing'],
    ['http/common/leaf.ts', leaf, 'is called "common", which says nothing'],
    ['http/BodyLimit.ts', leaf, 'is not in kebab-case'],
    ['http/index.ts', leaf, 'is a barrel: an index.ts that package.json does not export'],
    ['server/start.ts', leaf, 'stands on no floor: name its folder in docs/architecture.md'],
    ['start.ts', leaf, 'stands on no floor: name its folder in docs/architecture.md'],
    ['http/broken.ts', `// ${'x'.repeat(118)}`, 'is wider than 120 characters in line 1'],
    [
      'http/broken.ts',
      '/** What it is. */\nexport const broken = 1',
      'begins a doc comment with a clause: What it is. */',
    ],
    [
      'http/broken.ts',
      '/**\n * How it is.\n */\nexport const broken = 1',
      'begins a doc comment with a clause: How it is.',
    ],
    ['http/broken.ts', '\n'.repeat(301), 'has 301 lines, more than 300'],
    ['http/broken.ts', "export * from './leaf.js'", 'exports with `export *`, which hides the surface'],
    ['http/broken.ts', 'const value = JSON.parse(text) as any', 'casts to any'],
    ['http/broken.ts', '// @ts-ignore\nconst value: string = 1', 'silences the compiler with a @ts- comment'],
    ['http/broken.ts', 'export class Broken { @Get() list() {} }', 'uses a decorator'],
    ['http/broken.ts', 'export class Broken { constructor(@Inject(T) t: T) {} }', 'uses a decorator'],
  ])('refuses %s with: %s', (path, text, breach) => {
    expect(check({ ...ground, [path]: text }, sdk)).toEqual([`${path} ${breach}`]);
  });

  test('shows a circle of the folders inside one folder', () => {
    const sources = {
      ...ground,
      'http/request/a.ts': "import type { C } from '../response/c.js'; export type A = C;",
      'http/response/b.ts': "import type { A } from '../request/a.js'; export type B = A;",
      'http/response/c.ts': 'export type C = number;',
    };
    expect(check(sources, sdk)).toEqual(['circle: http/request -> http/response -> http/request']);
  });

  test('shows the whole circle, of type imports too', () => {
    const sources = {
      'http/a.ts': "import type { B } from './b.js'",
      'http/b.ts': "import { c } from './c.js'",
      'http/c.ts': "const later = () => import('./a.js')",
    };
    expect(check(sources, sdk)).toEqual(['circle: http/a.ts -> http/b.ts -> http/c.ts -> http/a.ts']);
  });
});
