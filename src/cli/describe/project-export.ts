import { relative, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { isFile } from '../is-file.js';
import type { Exports } from './load-sources.js';

/** What a flag asks for: one of what a file exports. */
export interface ExportQuery {
  /** For messages, as in `--module`. */
  readonly flag: string;
  readonly file: string;
  /** As the flag says; it may leave it to {@link usual}. */
  readonly name: string | undefined;
  /** What it goes by in most projects. */
  readonly usual: string;
  fits(value: unknown): boolean;
}

/** Reads `src/app.module.ts#AppModule`; a folder on the way may have such a sign in its name. */
export function fileAndName(text: string, cwd: string): Pick<ExportQuery, 'file' | 'name'> {
  const [, file = '', name] = /^(.*?)(?:#([^#./\\]+))?$/.exec(text) ?? [];
  return { file: resolve(cwd, file), name };
}

/** @throws CommandError when the file is not there. */
export function expectFile({ flag, file, usual }: ExportQuery, cwd: string): void {
  if (isFile(file)) return;
  throw new CommandError(`There is no file ${relative(cwd, file)}: say by ${flag} where it is, as in ${flag} src/main.ts#${usual}.`);
}

/**
 * The export that was named, else the usual one, else the only one that fits.
 *
 * @throws CommandError when there is none, or several.
 */
export function pickExport(exports: Exports, { flag, file, name, usual, fits }: ExportQuery): unknown {
  const fitting = Object.keys(exports).filter((each) => fits(exports[each]));
  const chosen = name ?? (fitting.includes(usual) || fitting.length !== 1 ? usual : fitting[0]!);
  if (exports[chosen] !== undefined) return exports[chosen];
  const choice = fitting.length > 0 ? `it has ${fitting.join(', ')}` : 'it has nothing that would do';
  throw new CommandError(`${file} does not export ${chosen}; ${choice}. Say by ${flag} what to take, as in ${flag} src/main.ts#${usual}.`);
}
