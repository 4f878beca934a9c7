import { isOwn, placeOf } from './stack-frame.js';

const FRAME = /^\s+at /;
/** It names what is wrong by itself: its frames are where it was noticed. */
const WHOLE = /^(?:Caused by: )?BootstrapError: /;

/**
 * A stack without the frames below the application's: what calls the application is the same in every stack. A stack that
 * has none of the application's frames stays whole, for nothing else says where it comes from.
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
