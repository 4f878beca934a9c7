import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the script of the page is what its source bundles to', () => {
  const script = join(__dirname, '../../../scripts/page-script.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
