import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

interface Report {
  answers: { id: string; status: number; echoed: { id: string; path: string }; header: string }[];
  made: { singletons: number; perRequest: number };
}

const script = join(__dirname, 'worker-threads/environment.mjs');
let reports: Report[];
let lines: Record<string, unknown>[];

beforeAll(() => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(stderr);
  reports = parsed(stderr) as Report[];
  lines = parsed(stdout) as Record<string, unknown>[];
});

function parsed(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('an application in worker threads, with many invocations at once', () => {
  test('answers each with its own', () => {
    const wrong = reports
      .flatMap(({ answers }) => answers)
      .filter(({ id, status, echoed, header }) => {
        return status !== 200 || echoed.id !== id || echoed.path !== `/echo/${id}` || header !== id;
      });
    expect([reports.length, reports[0]?.answers.length, wrong]).toEqual([2, 64, []]);
  });

  test('has one instance of a singleton a thread, and one a request of what is request-scoped', () => {
    expect(reports.map(({ made }) => made)).toEqual([
      { singletons: 1, perRequest: 64 },
      { singletons: 1, perRequest: 64 },
    ]);
  });

  test('writes whole lines, each with the ids and fields of its own invocation', () => {
    const ids = reports.flatMap(({ answers }) => answers.map(({ id }) => id)).toSorted();
    const access = lines.filter(({ type }) => type === 'access');
    const others = lines.filter(({ message }) => message === 'After a while');
    expect([access, others].map((some) => some.map(({ id }) => id).toSorted())).toEqual([ids, ids]);
    expect(access.every(({ id, trace_id: trace, before }) => trace === `trace-${String(id)}` && before === id)).toBe(
      true,
    );
    expect(others.every(({ id, caller }) => caller === `/echo/${String(id)}`)).toBe(true);
  });

  test('has a cold start a thread', () => {
    expect(lines.filter(({ cold_start: cold }) => cold)).toHaveLength(2);
  });
});
