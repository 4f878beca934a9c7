/**
 * Formats the change of one file as `diff -u` does, for `git apply`.
 *
 * @param before `undefined` for a new file.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const steps = stepsBetween(linesOf(before ?? ''), linesOf(after));
  const hunks = hunkRanges(steps).map(([start, end]) => hunk(steps, start, end));
  return `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ b/${path}\n${hunks.join('')}`;
}

/** A line of a diff: kept, removed or added. */
interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** Splits text into lines with their line breaks, which the last one may lack. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]+\n?|\n/g) ?? [];
}

function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  const common = commonLengths(before, after);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const step = stepAt(i, j);
    if (step.sign !== '+') i++;
    if (step.sign !== '-') j++;
    steps.push(step);
  }
  return steps;

  function stepAt(row: number, column: number): Step {
    const [old, fresh] = [before[row], after[column]];
    if (fresh === undefined) return { sign: '-', line: old! };
    if (old === fresh) return { sign: ' ', line: fresh };
    const without = old === undefined ? -1 : common[row + 1]![column]!;
    return without >= common[row]![column + 1]! ? { sign: '-', line: old! } : { sign: '+', line: fresh };
  }
}

/** Returns the length of the longest common subsequence from each pair of lines on. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** Returns where hunks start and end. Changes with overlapping context share one. */
function hunkRanges(steps: readonly Step[]): [start: number, end: number][] {
  const ranges: [number, number][] = [];
  for (const [index, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const [start, end] = [Math.max(0, index - CONTEXT), Math.min(steps.length, index + CONTEXT + 1)];
    const last = ranges.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

function hunk(steps: readonly Step[], start: number, end: number): string {
  const [above, within] = [steps.slice(0, start), steps.slice(start, end)];
  const range = (other: Step['sign']): string => {
    const count = within.filter(({ sign }) => sign !== other).length;
    const line = above.filter(({ sign }) => sign !== other).length;
    // For an empty range, diff gives the line above it.
    return `${count === 0 ? line : line + 1},${count}`;
  };
  return `@@ -${range('+')} +${range('-')} @@\n${within.map(format).join('')}`;
}

function format({ sign, line }: Step): string {
  return sign + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`);
}
