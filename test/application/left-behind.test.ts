import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const child = join(__dirname, 'child');

test('a thousand records or requests leave no object behind', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(child, 'run.cjs'), join(child, 'left-behind.ts')], { timeout: 60_000 });
  const grown = Object.entries(JSON.parse(stdout) as Record<string, number>);
  expect(grown.filter(([, objects]) => objects > 100)).toEqual([]);
  expect(grown).toHaveLength(5);
}, 90_000);
