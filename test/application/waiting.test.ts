import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OTHER_SOURCES, REQUESTS, type Told } from './told-sources.js';

interface Line {
  readonly type?: string;
  readonly message?: string;
  readonly status?: string;
  readonly status_code?: number;
  readonly error_detail?: string;
}

interface Waited {
  readonly result?: { readonly statusCode?: number; readonly batchItemFailures?: readonly unknown[] };
  readonly error?: string;
  /** Timers that keep the process alive afterwards. */
  readonly timers: number;
  /** What was logged on the way. */
  readonly lines: readonly Line[];
}

const child = join(__dirname, 'child');
let cases: ReadonlyMap<string, Waited>;
let ended: number;

beforeAll(async () => {
  // It ends by itself: with the last event answered nothing is left that would keep it alive.
  const { stdout } = await promisify(execFile)(process.execPath, [join(child, 'run.cjs'), join(child, 'waiting.ts')], {
    timeout: 300_000,
  });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line & Waited & { case?: string; cases?: number });
  ended = lines.at(-1)?.cases ?? 0;
  cases = byCase(lines);
});

function byCase(lines: readonly (Line & Waited & { case?: string })[]): ReadonlyMap<string, Waited> {
  const found = new Map<string, Waited>();
  let before: Line[] = [];
  for (const line of lines) {
    if (line.case === undefined) {
      before.push(line);
      continue;
    }
    found.set(line.case, { ...line, lines: before });
    before = [];
  }
  return found;
}

/** Fails where the process ended before it came to this case. */
function waited(name: string): Waited {
  const found = cases.get(name);
  if (!found)
    throw new Error(`Nothing is known of "${name}": the process ended at "${[...cases.keys()].at(-1)}", or after it`);
  return found;
}

const failedRecord: unknown = expect.objectContaining({
  type: 'record',
  status: 'failed',
  error_detail: expect.stringContaining('Timed out after'),
});

function toldBy(way: Told): string[] {
  return Object.entries(OTHER_SOURCES)
    .filter(([, { told }]) => told === way)
    .map(([source]) => source);
}

test('the process outlives whoever waits, and leaves no timer behind', () => {
  expect(ended).toBe(cases.size);
  expect([...cases].filter(([, { timers }]) => timers > 0)).toEqual([]);
});

describe.each(['handler', 'streamingHandler'])('a method that hangs, through the %s', (handler) => {
  const of = (source: string) => waited(`${handler}: ${source}`);
  const signalOf = (source: string) => of(source).lines.filter(({ message }) => message === 'signal').length;

  test.each(Object.keys(REQUESTS))('is 504 for %s, with a line, and its signal has fired', (source) => {
    const { result, lines } = of(source);
    expect(result?.statusCode).toBe(504);
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'access',
        status_code: 504,
        error_detail: expect.stringContaining('Timed out after'),
      }),
    );
    expect(signalOf(source)).toBe(1);
  });

  test.each(toldBy('records'))('is a failed record of %s', (source) => {
    const { result, lines } = of(source);
    expect(result?.batchItemFailures?.length).toBeGreaterThan(0);
    expect(lines).toContainEqual(failedRecord);
    expect(signalOf(source)).toBeGreaterThan(0);
  });

  test.each(toldBy('invocation'))('fails the invocation for %s', (source) => {
    const { error, lines } = of(source);
    expect(error).toContain('Gateway Timeout');
    expect(lines).toContainEqual(failedRecord);
    expect(signalOf(source)).toBeGreaterThan(0);
  });

  test.each(toldBy('answer'))('is 504 for %s', (source) => {
    expect(of(source).result?.statusCode).toBe(504);
    expect(signalOf(source)).toBe(1);
  });
});

describe('a request', () => {
  test.each([
    'method',
    'timeout',
    'longer',
    'interceptor-timeout',
    'guard',
    'interceptor',
    'pipe',
    'parameter',
    'filter',
    'middy',
    'stream',
    'stream, compressed',
    'begun',
    'scoped',
    'lazy',
    'method, without a context',
  ])('whose %s hangs is 504', (site) => {
    const { result, lines } = waited(`route: ${site}`);
    expect(result?.statusCode).toBe(504);
    expect(lines).toContainEqual(expect.objectContaining({ type: 'access', status_code: 504 }));
  });

  test('whose stream hangs before its first chunk is 504 in a response stream, too', () => {
    const { error, lines } = waited('route: stream, streamed');
    expect([error, lines]).toEqual([
      undefined,
      expect.arrayContaining([expect.objectContaining({ type: 'access', status_code: 504 })]),
    ]);
  });

  test('has a line without an access log, too', () => {
    const { result, lines } = waited('route: method, without an access log');
    expect(result?.statusCode).toBe(504);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'Out of time',
        path: '/method',
        error_detail: expect.stringContaining('Timed out after'),
      }),
    );
  });

  test('is answered though something that was made for it is never disposed of, or something inside goes on waiting', () => {
    expect(waited('route: undisposed').result?.statusCode).toBe(200);
    expect(waited('route: undisposed').lines).toContainEqual(
      expect.objectContaining({ message: "Disposing of the event's instances failed" }),
    );
    expect(waited('route: early').result?.statusCode).toBe(200);
  });

  test.each(['begun stream, streamed', 'method, for a reader that never drains'])(
    'whose prelude is out fails: %s',
    (site) => {
      const { error, lines } = waited(`route: ${site}`);
      expect(error).toBe('Gateway Timeout');
      expect(lines).toContainEqual(expect.objectContaining({ type: 'access', status_code: 504 }));
    },
  );
});

describe('a message', () => {
  test.each(['batch', 'limited', 'guarded', 'filtered', 'batch, without a context'])(
    'whose consumer hangs is a failed record: %s',
    (queue) => {
      const { result, lines } = waited(`queue: ${queue}`);
      expect(result?.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
      expect(lines).toContainEqual(expect.objectContaining({ type: 'record', status: 'failed' }));
    },
  );

  test('that carries a request is a failed record, too, and its request has a line', () => {
    const { result, lines } = waited('queue: a carried request');
    expect(result?.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
    expect(lines).toContainEqual(expect.objectContaining({ message: 'signal' }));
    expect(lines).toContainEqual(expect.objectContaining({ type: 'access', status_code: 504 }));
  });

  test('is done though something that was made for it is never disposed of', () => {
    expect(waited('queue: undisposed').result?.batchItemFailures).toEqual([]);
  });

  test('fails the invocation where nobody reads what came of it', () => {
    expect(waited('queue: undisposed, for a reader that never drains').error).toBe('Gateway Timeout');
  });
});

describe.each(['before', 'after', 'onError'])('a middleware around the application whose %s hangs', (phase) => {
  const around = { error_detail: expect.stringContaining('a middleware around the application was still running') };

  test('is 504 for a request, with a line', () => {
    const { result, lines } = waited(`around: ${phase} of a request`);
    expect(result?.statusCode).toBe(504);
    expect(lines).toContainEqual(expect.objectContaining({ type: 'access', status_code: 504, ...around }));
  });

  test('leaves an answer that is out already', () => {
    expect(waited(`around: ${phase} of a streamed request`).result?.statusCode).toBe(phase === 'after' ? 200 : 504);
  });

  test('fails the invocation for a message, with a line', () => {
    const { error, lines } = waited(`around: ${phase} of a message`);
    expect(error).toBe('Gateway Timeout');
    expect(lines).toContainEqual(expect.objectContaining({ message: 'Out of time', ...around }));
  });
});

test.each([
  ['a provider, for a request', /not ready when the invocation's time was up: still creating "DATABASE"/],
  ['a provider, for a message', /not ready when the invocation's time was up: still creating "DATABASE"/],
  ['a task, for a request', /not ready when the invocation's time was up: a lifecycle hook or an initialisation task/],
  ['a provider, for ready()', /cannot become ready, because the event loop is empty: still creating "DATABASE"/],
  ['a provider, for resolve()', /cannot become ready, because the event loop is empty: still creating "DATABASE"/],
  ['a hook, for ready()', /cannot become ready, because the event loop is empty: a lifecycle hook/],
  ['a task, for whoever awaits it', /task cannot finish, because the event loop is empty/],
  ['a resource, for whoever awaits it', /task cannot finish, because the event loop is empty/],
])('a start that hangs names what it waits for: %s', (name, message) => {
  expect(waited(`start: ${name}`).error).toMatch(message);
});
