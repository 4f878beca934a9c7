import { relative, resolve } from 'node:path';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';
import type { Exports } from './compile-sources.js';

/** The export of a file that a flag asks for. */
export interface ExportQuery {
  /** The flag, for messages, such as `--module`. */
  readonly flag: string;
  readonly file: string;
  /** The export that the flag names, if it names one. */
  readonly name: string | undefined;
  /** The export to look for otherwise. */
  readonly defaultName: string;
  fits(value: unknown): boolean;
}

/** Splits `src/app.module.ts#AppModule`. A folder in the path may have a `#` in its name. */
export function fileAndName(text: string, cwd: string): Pick<ExportQuery, 'file' | 'name'> {
  const [, file = '', name] = /^(.*?)(?:#([^#./\\]+))?$/.exec(text) ?? [];
  return { file: resolve(cwd, file), name };
}

/** @throws CommandError if the file does not exist. */
export function expectFile({ flag, file, defaultName }: ExportQuery, cwd: string): void {
  if (isFile(file)) return;
  throw new CommandError(
    `${relative(cwd, file)} is not a file. Pass the right one with ${flag}, as in ${flag} src/main.ts#${defaultName}.`,
  );
}

/**
 * Returns the named export, or else the default one, or else the only one that fits.
 *
 * @throws CommandError if none or several fit.
 */
export function pickExport(exports: Exports, { flag, file, name, defaultName, fits }: ExportQuery): unknown {
  const fitting = Object.keys(exports).filter((each) => fits(exports[each]));
  const chosen = name ?? (fitting.includes(defaultName) || fitting.length !== 1 ? defaultName : fitting[0]!);
  if (exports[chosen] !== undefined) return exports[chosen];
  const found = fitting.length > 0 ? `It exports ${fitting.join(', ')}.` : 'It has no suitable export.';
  throw new CommandError(
    `${file} does not export ${chosen}. ${found} ` +
      `Name an export with ${flag}, as in ${flag} src/main.ts#${defaultName}.`,
  );
}
