import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const FRAME = /^\s+at /;
/** An error whose message says everything; frames of the framework only show where it was noticed. */
const SELF_EXPLANATORY = /^(?:Caused by: )?(?:BootstrapError: |Error: No consumer takes this )/;

/**
 * Removes the frames that call the application, which are the same in every stack. A stack without frames of the
 * application stays whole, because nothing else shows where the error comes from, unless its message does.
 *
 * @param root the project's folder.
 */
export function withoutCallers(lines: readonly string[], root: string): string[] {
  return runs(lines).flatMap((run, index, all) => {
    if (!isFrame(run[0])) return run;
    if (all[index - 1]?.some((line) => SELF_EXPLANATORY.test(line)))
      return run.filter((line) => isOwnFrame(line, root));
    const last = run.findLastIndex((line) => isOwnFrame(line, root));
    return last === -1 ? run : run.slice(0, last + 1);
  });
}

/** Groups the lines of an error and its causes into alternating runs of messages and frames. */
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
  /** The file as written in the stack. */
  readonly written: string;
  readonly line: number;
  readonly column: number;
}

// The start of a frame, the end of its function's name, and its line and column. A single pattern for all of it would
// try every colon with every bracket.
const BEGIN = /^\s*at (?:async )?/;
const CALLED = / \((?=\/|file:|[A-Z]:\\)/;
const PLACE = /:(\d+):(\d+)\)?$/;

/** Parses a line of a stack; `undefined` unless it is a frame in a file. */
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

/** Whether a place is in the project's own sources, outside of node_modules. */
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
