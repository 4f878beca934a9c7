import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { entries } from '../package/manifest.js';
import { blocksOf, type Line, type Page } from './markdown.js';

interface Example {
  /** In the temporary project. */
  readonly file: string;
  readonly page: string;
  readonly code: readonly Line[];
}

/**
 * Type-checks every `ts` block of the pages in one run, against the declarations of the build.
 *
 * @returns the compiler's complaints, with the place on the page, as in `docs/errors.md:12: error TS2304: …`
 */
export function typeCheck(pages: readonly Page[], root: string): string[] {
  const examples = pages.flatMap(examplesOf);
  const folder = mkdtempSync(join(tmpdir(), 'lambent-docs-'));
  try {
    writeProject(folder, root, examples);
    return runCompiler(folder, root, examples);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A block without a title is a file of its own; those of one title are parts of one file. */
export function examplesOf(page: Page): Example[] {
  const folder = page.path.replace(/\.md$/, '').replaceAll(/[/\\]/g, '-');
  const files = new Map<string, Line[]>();
  for (const { language, title, code } of blocksOf(page)) {
    if (language !== 'ts') continue;
    const file = join(folder, title ?? `line-${code[0]?.number ?? 0}.ts`);
    files.set(file, [...(files.get(file) ?? []), ...code]);
  }
  return Array.from(files, ([file, code]) => ({ file, page: page.path, code }));
}

function writeProject(folder: string, root: string, examples: readonly Example[]): void {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings(root)));
  for (const { file, code } of examples) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code.map(({ text }) => text).join('\n'));
  }
}

/** What getting-started tells a user to take, with the build in the place of the installed package. */
function settings(root: string): object {
  const declarations = (source: string) => join(root, 'dist/esm', source.replace(/\.ts$/, '.d.ts'));
  return {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'esnext.disposable', 'dom'],
      module: 'nodenext',
      moduleDetection: 'force',
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node', 'jest'],
      paths: Object.fromEntries(entries.map(({ name, source }) => [name, [declarations(source)]])),
    },
    include: ['**/*.ts'],
  };
}

const COMPLAINT = /^(?<file>[^(\n]+)\((?<line>\d+),\d+\): (?<text>.+)$/gm;

function runCompiler(folder: string, root: string, examples: readonly Example[]): string[] {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr, error } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (error) throw error;
  const complaints = Array.from(stdout.matchAll(COMPLAINT), ({ groups }) => {
    const example = examples.find(({ file }) => file === groups!['file']);
    const line = example?.code[Number(groups!['line']) - 1];
    return `${example?.page ?? groups!['file']}:${line?.number ?? 0}: ${groups!['text']}`;
  });
  // Anything that names no place, such as a setting that the compiler refuses.
  const rest = `${stdout.replaceAll(COMPLAINT, '')}${stderr}`.split('\n').filter((line) => line.startsWith('error'));
  return [...complaints, ...rest];
}
