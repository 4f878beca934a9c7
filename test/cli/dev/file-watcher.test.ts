import { mkdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileWatcher } from '../../../src/cli/dev/file-watcher.js';
import { until } from '../../until.js';
import { Workshop } from '../workshop.js';

jest.mock('node:fs', () => ({
  ...jest.requireActual<object>('node:fs'),
  watch: jest.fn(jest.requireActual<typeof import('node:fs')>('node:fs').watch),
}));

let workshop: Workshop;
let watcher: FileWatcher;
let bursts: (readonly string[])[];
const at = (path: string) => join(workshop.folder, path);

beforeEach(() => {
  workshop = new Workshop({ 'src/a.ts': '', 'src/b.ts': '', 'src/other.ts': '' });
  bursts = [];
  watcher = new FileWatcher((paths) => bursts.push(paths.toSorted()));
});

afterEach(() => {
  watcher.close();
  rmSync(workshop.folder, { recursive: true, force: true });
});

test('a burst of changes is told once, with its files', async () => {
  watcher.watch([at('src/a.ts'), at('src/b.ts')]);
  for (const text of ['1', '2', '3']) {
    writeFileSync(at('src/a.ts'), text);
    writeFileSync(at('src/b.ts.swap'), text);
    renameSync(at('src/b.ts.swap'), at('src/b.ts'));
    writeFileSync(at('src/other.ts'), text);
  }
  await until('a burst', () => bursts.length > 0);
  expect(bursts).toEqual([[at('src/a.ts'), at('src/b.ts')]]);
});

test('a file whose folder is not there yet is awaited', async () => {
  watcher.watch([at('src/new/deep/c.ts')]);
  mkdirSync(at('src/new/deep'), { recursive: true });
  await until('the folder', () => bursts.length > 0);
  watcher.watch([at('src/new/deep/c.ts')]);
  writeFileSync(at('src/new/deep/c.ts'), '');
  await until('the file', () => bursts.length > 1);
  expect(bursts.flat()).toEqual([at('src/new/deep/c.ts'), at('src/new/deep/c.ts')]);
});

test('what is not watched any more is not told', async () => {
  watcher.watch([at('src/a.ts')]);
  watcher.watch([at('src/b.ts')]);
  writeFileSync(at('src/a.ts'), '1');
  writeFileSync(at('src/b.ts'), '1');
  await until('a burst', () => bursts.length > 0);
  expect(bursts).toEqual([[at('src/b.ts')]]);
});

test.each([
  ['ENOSPC', /Cannot watch .*\/src: .*fs\.inotify\.max_user_watches/],
  ['EMFILE', /too many open files.*ulimit -n.*fs\.inotify\.max_user_instances/],
  ['EACCES', /Cannot watch .*\/src: permission denied/],
])("a folder that can't be watched for %s is told, when all others are watched", async (code, message) => {
  jest.mocked(watch).mockImplementationOnce(() => {
    throw Object.assign(new Error('permission denied'), { code });
  });
  expect(() => watcher.watch([at('src/a.ts'), at('package.json')])).toThrow(message);
  writeFileSync(at('package.json'), '{}');
  await until('the file of another folder', () => bursts.length > 0);
  expect(bursts).toEqual([[at('package.json')]]);
});
