import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const child = join(__dirname, 'child');

test('ten thousand records and requests leave no object behind', async () => {
  const args = ['--expose-gc', join(child, 'run.cjs'), join(child, 'left-behind.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 300_000 });
  // One object each would be ten thousand; where it is so much, the kinds that grow are named, too.
  const grown = Object.entries(JSON.parse(stdout) as Record<string, number>);
  expect(grown.filter(([, objects]) => objects >= 1000)).toEqual([]);
  expect(grown).toHaveLength(1);
});
