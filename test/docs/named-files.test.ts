import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository } from '../package/manifest.js';

// Pages for contributors name files, with their folder or without one. Files are renamed more often than pages are read.

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
const files = execFileSync('git', LIST, { cwd: repository, encoding: 'utf8' }).split('\0');
const known = new Set(files.flatMap((file) => [file, file.replace(/^src\//, ''), basename(file)]));
const decisions = readdirSync(join(repository, 'docs/decisions')).map((page) => `docs/decisions/${page}`);

test.each(['CONTRIBUTING.md', 'docs/architecture.md', 'docs/how-it-compiles.md', 'docs/glossary.md', ...decisions])(
  'the files that %s names exist',
  (page) => {
    const text = readFileSync(join(repository, page), 'utf8');
    const paths = [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.[cm]?ts)`/g)].map(([, path]) => path as string);
    expect(paths.filter((path) => !known.has(path))).toEqual([]);
  },
);
