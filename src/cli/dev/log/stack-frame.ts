import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

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
