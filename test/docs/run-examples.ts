import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { repository } from '../package/manifest.js';
import type { Page } from './markdown.js';
import { examplesOf } from './type-check.js';

/**
 * Compiles the titled examples of a page as a project of its own, with the build in place of the installed package, and
 * runs a module beside them.
 *
 * @returns what the module prints, line by line as JSON
 */
export async function runExamples(page: Page, script: string, env: Record<string, string>): Promise<unknown[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-examples-')));
  try {
    writeProject(folder, page);
    writeFileSync(join(folder, 'run.js'), script);
    const { stdout } = await promisify(execFile)(process.execPath, ['run.js'], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(folder: string, page: Page): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  link(folder, 'lambent', repository);
  const packages = new Set<string>(['reflect-metadata']);
  for (const { file, code } of examplesOf(page)) {
    if (basename(file).startsWith('line-')) continue;
    const text = code.map((line) => line.text).join('\n');
    for (const [, name] of text.matchAll(/ from '((?:@[\w-]+\/)?[\w-]+)[^']*'/g)) packages.add(name!);
    writeFileSync(join(folder, basename(file).replace(/\.ts$/, '.js')), compile(text));
  }
  packages.delete('lambent');
  packages.delete('node');
  for (const name of packages) link(folder, name, realpathSync(join(repository, 'node_modules', name)));
}

function compile(text: string): string {
  return transformSync(text, {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'es6' },
  }).code;
}

function link(folder: string, name: string, target: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}
