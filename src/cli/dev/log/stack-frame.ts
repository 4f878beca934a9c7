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

const FRAME = /^\s*at (?:async )?(?:.*? \((?=\/|file:|[A-Z]:\\))?(.+):(\d+):(\d+)\)?$/;

/** Where a line of a stack points to; `undefined` for a line that is no frame of a file. */
export function placeOf(stackLine: string): SourcePlace | undefined {
  const [, written, line, column] = FRAME.exec(stackLine) ?? [];
  if (written === undefined) return undefined;
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
