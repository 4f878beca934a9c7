import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './manifest.js';

const CHANGELOG = `# Changelog

## 1.1.0 (2026-12-01)

### Added

- Something new.

## 1.0.0

- The first.

## 0.9.0
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambent-notes-'));
  writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function notesOf(version: string, tag = `v${version}`): { stdout: string; stderr: string } {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  const script = join(repository, 'scripts/release-notes.mjs');
  return spawnSync(process.execPath, [script, tag], { cwd: folder, encoding: 'utf8' });
}

test.each([
  ['1.1.0', '### Added\n\n- Something new.\n'],
  ['1.0.0', '- The first.\n'],
])('the notes of release %s are its section of the changelog', (version, notes) => {
  expect(notesOf(version).stdout).toBe(notes);
});

test.each([
  ['1.1.0', 'v1.0.0', 'The tag is v1.0.0, but package.json has version 1.1.0'],
  ['1.1', 'v1.1', 'CHANGELOG.md has no heading "## 1.1"'],
  ['0.9.0', 'v0.9.0', 'CHANGELOG.md says nothing under "## 0.9.0"'],
])('release %s with the tag %s is refused', (version, tag, reason) => {
  expect(notesOf(version, tag)).toMatchObject({ stdout: '', stderr: expect.stringContaining(reason) });
});
