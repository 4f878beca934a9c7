import { Session } from 'node:inspector/promises';

/** What goes through a text or an array in one call: each item counts, though no code of ours looks at it. */
const SCANS: readonly (readonly [prototype: object, names: readonly string[]])[] = [
  [Array.prototype, ['includes', 'indexOf', 'lastIndexOf', 'concat', 'slice', 'splice', 'unshift', 'join']],
  [String.prototype, ['includes', 'indexOf', 'lastIndexOf', 'split', 'replaceAll']],
];

type Scan = (this: { readonly length: number }, ...args: unknown[]) => unknown;

/**
 * Counts what sources of ours do during `run`: calls of functions, rounds of loops, branches that are taken, and items
 * and characters that are searched. The same work gives the same number, on any machine and however busy that is: what
 * a clock says is for `bench/`. What a regular expression does inside is not seen.
 */
export async function countSteps(run: () => unknown): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  let scanned = 0;
  const restore = watchScans((items) => (scanned += items));
  try {
    // What was counted before, for nobody.
    await session.post('Profiler.takePreciseCoverage');
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const counted = result
      .filter(({ url }) => isOurs(url))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
    return counted.reduce((sum, { count }) => sum + count, scanned);
  } finally {
    restore();
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** Sources, and what they generate, which has no address. */
function isOurs(url: string): boolean {
  return url === '' || url.includes('/src/');
}

function watchScans(note: (items: number) => void): () => void {
  const restores = SCANS.flatMap(([prototype, names]) =>
    names.map((name) => watchScan(prototype as Record<string, Scan>, name, note)),
  );
  return () => {
    for (const restore of restores) restore();
  };
}

function watchScan(prototype: Record<string, Scan>, name: string, note: (items: number) => void): () => void {
  const original = prototype[name]!;
  prototype[name] = function scan(...args) {
    const result = original.apply(this, args);
    note(scannedBy(name, this.length, args, result));
    return result;
  };
  return () => {
    prototype[name] = original;
  };
}

/** Up to what was found, from where the search began. */
function scannedBy(name: string, length: number, [, from]: readonly unknown[], result: unknown): number {
  if (name !== 'indexOf' || typeof result !== 'number') return length;
  return (result < 0 ? length : result) - (typeof from === 'number' ? from : 0);
}
