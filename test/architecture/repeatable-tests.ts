/** Something that has a test come out another way on another machine, or on the same when it is busy. */
interface Chance {
  /** In the words of whoever has to mend it. */
  readonly mend: string;
  readonly found: RegExp;
}

const SLEEP = String.raw`await (?:later|pause|sleep|delay|wait|setTimeout|new Promise[^;\n]*setTimeout)\([^;\n]*\);`;

export const CHANCES: readonly Chance[] = [
  {
    mend: 'measures time: count steps (test/count-steps.ts) or calls, or move it to bench/',
    found:
      /\bperformance\.(?:now|mark|measure)\b|\bhrtime\b|\bcpuUsage\b|\bresourceUsage\b|\beventLoopUtilization\b|\bmonitorEventLoopDelay\b|\bconsole\.time\b/,
  },
  {
    mend: 'measures time: have Date.now() stand still (jest.spyOn), use fake timers, or count',
    found: /Date\.now\(\)\s*(?:-|[<>]=?)|(?:\s-|[<>]=?)\s*Date\.now\(\)/,
  },
  {
    mend: 'measures memory: count objects (test/application/left-behind.test.ts), or move it to bench/',
    found: /\bmemoryUsage\b|\bgetHeap(?:Space|Code)?Statistics\b|\bwriteHeapSnapshot\b/,
  },
  {
    mend: 'asserts how long something took: use fake timers, or assert what came of it',
    found:
      /expect\([^\n]*(?:execution_time|elapsed|duration|getRemainingTimeInMillis)[^\n]*\)\.(?:not\.)?to(?:BeLess|BeGreater|BeClose)/,
  },
  {
    mend: 'sleeps before it looks, which is too short for a busy machine: wait until it is the case (test/until.ts), or use fake timers',
    found: new RegExp(String.raw`${SLEEP}\s*(?:await )?expect\(`),
  },
  {
    mend: 'has a limit of its own, which a busy machine passes: the one in jest.config.js is for tests that hang',
    found: /jest\.setTimeout\(|^[ \t]*\}, [2-9]\d_000\);$/m,
  },
  {
    mend: 'stops a property after some time, on a busy machine before its first case: say how many cases with numRuns',
    found: /\b(?:interruptAfter|skipAllAfter)TimeLimit\b/,
  },
];

/** What in a test comes out by chance, with the line. */
export function chancesIn(text: string): string[] {
  return CHANCES.flatMap(({ mend, found }) => {
    const matches = [...text.matchAll(new RegExp(found, 'gm'))];
    return matches.map(({ index }) => `${text.slice(0, index).split('\n').length}: ${mend}`);
  });
}
