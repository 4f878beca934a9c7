import { type Count, counting } from './count-steps.js';

/**
 * What texts are made of that take parsers long: separators, quotes, spaces, digits, escapes, and what is no
 * well-formed text.
 */
const ATOMS = [
  ' ',
  '\t',
  '\n',
  ',',
  ';',
  '=',
  '"',
  '\\',
  '/',
  '-',
  '.',
  ':',
  '%',
  '%41',
  '%zz',
  '&',
  '+',
  '[',
  '(',
  '*',
  '@',
  'a',
  'q=0.',
  '0',
  'W/"',
  'é',
  '\ud800',
  '\r\n ',
];

/** Two of them by turns. */
const PAIRS: readonly string[] = ATOMS.flatMap((one) =>
  ATOMS.filter((other) => other !== one).map((other) => one + other),
);

/** What stands before and behind. */
export type Frame = readonly [before: string, behind: string];

const FRAMES: readonly Frame[] = [
  ['', ''],
  ['x', '!\n'],
];

const SIZES = [40, 80, 160] as const;

/**
 * What takes more than linear time, with its steps; nothing where all is well.
 *
 * @param pumps Whether pairs of what texts are made of are tried too, which are hundreds.
 */
export function slowInputs(
  read: (text: string) => unknown,
  frames: readonly Frame[] = [],
  pumps: 'all' | 'singles' = 'all',
): Promise<string[]> {
  return counting(async (count) => {
    const slow: string[] = [];
    for (const [index, [before, behind]] of [['', '!'] as const, ...FRAMES, ...frames].entries()) {
      // What is done for any text, such as writing a log line, says nothing of growth.
      const least = await count(() => read(before + behind));
      for (const pump of index === 0 && pumps === 'all' ? PAIRS : ATOMS) {
        const all = await stepsAt(count, (size) => read(before + pump.repeat(Math.ceil(size / pump.length)) + behind));
        const steps = all.map((one) => one - least);
        if (!isLinear(steps)) slow.push(`${JSON.stringify([before, pump, behind])}: ${steps.join(', ')} steps`);
      }
    }
    return slow;
  });
}

async function stepsAt(count: Count, read: (size: number) => unknown): Promise<number[]> {
  const steps: number[] = [];
  for (const size of SIZES) steps.push(await count(() => read(size)));
  return steps;
}

/**
 * A few steps a character, or of twice the text twice the work that is more than for half of it: of what is quadratic
 * it is four times.
 */
function isLinear([once, twice, fourTimes]: readonly number[]): boolean {
  if (fourTimes! > 1_000_000) return false;
  return fourTimes! <= 12 * SIZES[2] || fourTimes! - twice! <= 2.6 * (twice! - once!);
}
