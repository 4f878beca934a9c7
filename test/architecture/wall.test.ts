import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { repository } from '../package/manifest.js';
import { parseSource } from './source-file.js';
import { waysThroughWall } from './wall.js';

const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => parseSource(path.split(sep).join('/'), readFileSync(join(repository, 'src', path), 'utf8')));

test('what runs for each event imports nothing of what is done once, not even types', () => {
  expect(waysThroughWall(sources, 'application/lambda-application.ts')).toEqual([]);
});

function files(texts: Readonly<Record<string, string>>) {
  return Object.entries(texts).map(([path, text]) => parseSource(path, text));
}

describe('the check itself', () => {
  test.each([
    ["import { plan } from '../modules/plan/plan-modules.js'", 'modules/plan/plan-modules.ts'],
    ["import type { Graph } from '../modules/plan/plan-modules.js'", 'modules/plan/plan-modules.ts'],
    ["const plan = () => import('../modules/plan/plan-modules.js')", 'modules/plan/plan-modules.ts'],
    ["import { validate } from 'class-validator'", 'class-validator'],
    ["import { mergedMetadata } from '../metadata/merged-metadata.js'", 'metadata/merged-metadata.ts'],
  ])('finds in a file that runs: %s', (line, found) => {
    const tree = files({
      'application/start.ts': "import { run } from './run.js'",
      'application/run.ts': line,
      'modules/plan/plan-modules.ts': 'export const plan = 1;',
    });
    expect(waysThroughWall(tree, 'application/start.ts')).toEqual([
      `application/start.ts -> application/run.ts -> ${found}`,
    ]);
  });

  test('follows what is loaded on demand, and no types', () => {
    const tree = files({
      'application/start.ts': "import type { Plan } from './plan.js'; const late = () => import('./late.js');",
      'application/plan.ts': "import { plan } from '../modules/plan/plan-modules.js'",
      'application/late.ts': "import { plan } from '../modules/plan/plan-modules.js'",
    });
    expect(waysThroughWall(tree, 'application/start.ts')).toEqual([
      'application/start.ts -> application/late.ts -> modules/plan/plan-modules.ts',
    ]);
  });
});
