import type { BuildReport, BuiltFile } from '../../src/build/build-report.js';
import { summary } from '../../src/build/format-report.js';

function report(...files: readonly BuiltFile[]): BuildReport {
  const bytes = files.reduce((sum, { bytes: size }) => sum + size, 0);
  const numbers = { bytes, startBytes: bytes, zipBytes: bytes };
  return { outDir: '/work/bundle', files, packages: [], external: [], warnings: [], plan: [], ...numbers };
}

function lazy(count: number): BuiltFile[] {
  return Array.from({ length: count }, (_, index) => file(`part-${index}.mjs`, 'lazy'));
}

function file(name: string, role: BuiltFile['role']): BuiltFile {
  return { name, role, bytes: 2400, gzipBytes: 1100 };
}

const start = [file('handler.mjs', 'entry'), file('shared.mjs', 'shared')];

test('many files that are loaded on demand are one line of the summary, with their number and size', () => {
  expect(summary(report(start[0]!, ...lazy(87), start[1]!), '/work')).toBe(`\
bundle: 213.6 kB, as a zip 213.6 kB
  handler.mjs     2.4 kB     1.1 kB gzip  handler
  shared.mjs      2.4 kB     1.1 kB gzip  loaded with it
  87 files      208.8 kB    95.7 kB gzip  loaded on demand
Largest packages:`);
});

test('a few have a line each, and all of them if every file is asked for', () => {
  const few = summary(report(...start, ...lazy(5)), '/work');
  expect(few).toContain('  part-4.mjs      2.4 kB     1.1 kB gzip  loaded on demand\n');
  const all = summary(report(...start, ...lazy(87)), '/work', true);
  expect(all.match(/loaded on demand/g)).toHaveLength(87);
});
