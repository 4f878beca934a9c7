import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Changes, putFile } from '../../../src/cli/files/changes.js';
import { Workshop } from '../workshop.js';

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop({ 'project/a.ts': 'a\n', 'outside.ts': 'outside\n' });
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

function changes(): Changes {
  return new Changes(join(workshop.folder, 'project'));
}

test('files are created with their folders, and edited', async () => {
  const both = changes();
  both.create('src/deep/b.ts', 'b\n');
  both.edit('a.ts', (text) => `${text}more\n`);
  expect(await both.write()).toEqual(['CREATE src/deep/b.ts', 'UPDATE a.ts']);
  expect(workshop.files()).toEqual({
    'project/a.ts': 'a\nmore\n',
    'project/src/deep/b.ts': 'b\n',
    'outside.ts': 'outside\n',
  });
});

test.each([
  ['of Windows are kept', 'a\r\nb\r\n', 'a\r\nmore\r\nb\r\n'],
  ['that are mixed stay as they are', 'a\r\nb\n', 'a\r\nmore\nb\n'],
])('line breaks %s', async (_what, before, after) => {
  workshop.write('project/a.ts', before);
  const one = changes();
  one.edit('a.ts', (text) => text.replace('b', 'more\nb'));
  await one.write();
  expect(workshop.read('project/a.ts')).toBe(after);
});

test('an edit that changes nothing is none', async () => {
  const none = changes();
  none.edit('a.ts', (text) => text);
  expect(none.diff()).toBe('');
  expect(await none.write()).toEqual([]);
});

test('where one file is there already, nothing at all is written', async () => {
  const both = changes();
  both.create('b.ts', 'b\n');
  both.create('a.ts', 'b\n');
  await expect(both.write()).rejects.toThrow('because these files already exist:\n  a.ts\n');
  expect(workshop.files()).toEqual({ 'project/a.ts': 'a\n', 'outside.ts': 'outside\n' });
});

test('a file where a folder is needed is told, too, once', async () => {
  const both = changes();
  both.create('a.ts/deep/b.ts', 'b\n');
  both.create('a.ts/c.ts', 'c\n');
  await expect(both.write()).rejects.toThrow('because these files already exist:\n  a.ts\nRemove');
});

test('a file that is generated as a whole is created, overwritten, or left as it is', async () => {
  const put = (text: string) => putFile(join(workshop.folder, 'project'), 'docs/../made.json', text);
  expect([await put('1'), await put('2'), await put('2')]).toEqual([
    'CREATE made.json',
    'UPDATE made.json',
    'UNCHANGED made.json',
  ]);
  expect(workshop.read('project/made.json')).toBe('2');
});

test('a folder is not put something else in the place of', async () => {
  mkdirSync(join(workshop.folder, 'project/src'));
  await expect(putFile(join(workshop.folder, 'project'), 'src', 'x')).rejects.toThrow(
    'because these files already exist:\n  src\n',
  );
});

test('a link to nowhere counts as a file that is there', async () => {
  symlinkSync(join(workshop.folder, 'nowhere'), join(workshop.folder, 'project/link.ts'));
  const one = changes();
  one.create('link.ts', 'b\n');
  await expect(one.write()).rejects.toThrow('link.ts');
});

test.each(['../outside.ts', 'src/../../new.ts', '/tmp/new.ts', '..'])(
  'nothing is created or edited at %s, which is outside',
  (path) => {
    expect(() => changes().create(path, 'x')).toThrow('is outside of');
    expect(() => changes().edit(path, () => 'x')).toThrow('is outside of');
  },
);

test('a link that leads out is not followed', () => {
  mkdirSync(join(workshop.folder, 'elsewhere'));
  symlinkSync(join(workshop.folder, 'elsewhere'), join(workshop.folder, 'project/src'));
  symlinkSync(join(workshop.folder, 'outside.ts'), join(workshop.folder, 'project/linked.ts'));
  expect(() => changes().create('src/new.ts', 'x')).toThrow('is outside of');
  expect(() => changes().edit('linked.ts', () => 'x')).toThrow('is outside of');
});

test('the project itself may be reached by a link', async () => {
  symlinkSync(join(workshop.folder, 'project'), join(workshop.folder, 'link'));
  const one = new Changes(join(workshop.folder, 'link'));
  one.create('b.ts', 'b\n');
  await one.write();
  expect(workshop.read('project/b.ts')).toBe('b\n');
});
