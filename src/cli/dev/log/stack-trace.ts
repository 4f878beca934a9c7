import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const FRAME = /^\s+at /;
/** It names what is wrong by itself: its frames are where it was noticed. */
const WHOLE = /^(?:Caused by: )?BootstrapError: /;

/**
 * A stack without the frames below the application's: what calls the application is the same in every stack. A stack
 * that has none of the application's frames stays whole, for nothing else says where it comes from.
 *
 * @param root the project's folder.
 */
export function withoutCallers(lines: readonly string[], root: string): string[] {
  return runs(lines).flatMap((run, index, all) => {
    if (!isFrame(run[0])) return run;
    const last = run.findLastIndex((line) => isOwnFrame(line, root));
    if (last >= 0) return run.slice(0, last + 1);
    return all[index - 1]?.some((line) => WHOLE.test(line)) ? [] : run;
  });
}

/** Messages and frames by turns: an error and its causes. */
function runs(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const line of lines) {
    const run = found.at(-1);
    if (run && isFrame(run[0]) === isFrame(line)) run.push(line);
    else found.push([line]);
  }
  return found;
}

function isFrame(line = ''): boolean {
  return FRAME.test(line);
}

function isOwnFrame(line: string, root: string): boolean {
  const place = placeOf(line);
  return place !== undefined && isOwn(place, root);
}

/** A place in a source; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  /** The file as the stack has it. */
  readonly written: string;
  readonly line: number;
  readonly column: number;
}

// What a frame begins with, the end of the function's name, and line and column at its end. One pattern for all would try every colon with every bracket.
const BEGIN = /^\s*at (?:async )?/;
const CALLED = / \((?=\/|file:|[A-Z]:\\)/;
const PLACE = /:(\d+):(\d+)\)?$/;

/** Where a line of a stack points to; `undefined` for a line that is no frame of a file. */
export function placeOf(stackLine: string): SourcePlace | undefined {
  const [begin] = BEGIN.exec(stackLine) ?? [];
  const place = PLACE.exec(stackLine);
  if (begin === undefined || !place) return undefined;
  const frame = stackLine.slice(begin.length, place.index);
  const name = CALLED.exec(frame);
  const written = name ? frame.slice(name.index + name[0].length) : frame;
  const [, line, column] = place;
  const file = written.startsWith('file:') ? pathOf(written) : written;
  return isAbsolute(file) ? { file, written, line: Number(line), column: Number(column) } : undefined;
}

/** Whether a place is in the project's own sources. */
export function isOwn({ file }: SourcePlace, root: string): boolean {
  const inside = relative(root, file);
  return !inside.startsWith('..') && !isAbsolute(inside) && !inside.split(sep).includes('node_modules');
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return '';
  }
}
