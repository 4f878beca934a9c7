import { execFile } from 'node:child_process';
import { join } from 'node:path';

const child = join(__dirname, 'child');

interface Ended {
  readonly signal: string | null;
  readonly code: number | null;
  readonly lines: string[];
  readonly stderr: string;
}

function run(mode: string): Promise<Ended> {
  const args = [join(child, 'run.cjs'), join(child, 'termination.ts'), mode];
  return new Promise((resolve) => {
    const started = execFile(process.execPath, args, { timeout: 300_000 }, (_error, stdout, stderr) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      resolve({ signal: started.signalCode, code: started.exitCode, lines, stderr });
    });
  });
}

const HOOKS = ['destroy SIGTERM', 'shutdown SIGTERM', 'pool closed'];

test('SIGTERM unwinds hooks and opened resources once, then ends the process as the signal would', async () => {
  const ended = await run('plain');
  expect(ended).toEqual({ signal: 'SIGTERM', code: null, lines: ['listeners 1', ...HOOKS], stderr: '' });
});

test('a second SIGTERM during the shutdown runs nothing twice', async () => {
  const { signal, lines } = await run('twice');
  expect(signal).toBe('SIGTERM');
  expect(lines.toSorted()).toEqual(['listeners 1', ...HOOKS].toSorted());
});

test('several applications share one listener, and each is closed', async () => {
  const { signal, lines } = await run('two');
  expect(signal).toBe('SIGTERM');
  expect(lines.toSorted()).toEqual(['listeners 1', ...HOOKS, ...HOOKS.slice(0, 2)].toSorted());
});

test('a hook that fails is told on stderr, the rest runs, and the process still ends by the signal', async () => {
  const { signal, lines, stderr } = await run('failing');
  expect({ signal, lines }).toEqual({ signal: 'SIGTERM', lines: ['listeners 1', ...HOOKS] });
  expect(stderr).toContain('the hook failed');
});

test('what was opened is closed though the bootstrap has failed', async () => {
  const ended = await run('broken');
  expect(ended).toEqual({ signal: 'SIGTERM', code: null, lines: ['listeners 1', 'pool closed'], stderr: '' });
});

test('close() removes the listener, and the process ends by itself', async () => {
  const ended = await run('closed');
  expect(ended).toEqual({
    signal: null,
    code: 0,
    lines: ['destroy undefined', 'shutdown undefined', 'pool closed', 'listeners 0'],
    stderr: '',
  });
});

test('SIGTERM during the bootstrap disposes of what was made, though a factory never comes to its end', async () => {
  const ended = await run('starting');
  expect(ended).toEqual({ signal: 'SIGTERM', code: null, lines: ['pool disposed'], stderr: '' });
});

test.each([
  ['serving', ['answered', ...HOOKS.slice(0, 2), 'pool disposed']],
  // Its event never ends.
  ['stuck', [...HOOKS.slice(0, 2), 'pool disposed']],
])('SIGTERM while an event is running waits for it, and then runs everything: %s', async (mode, lines) => {
  const ended = await run(mode);
  // Of the event that never ends there is a line, too.
  const reported = ended.lines.filter((line) => !line.startsWith('{'));
  expect({ ...ended, lines: reported }).toEqual({ signal: 'SIGTERM', code: null, lines, stderr: '' });
});

test.each([
  ['stuck-hook', 'onModuleDestroy of Stuck in StuckModule'],
  ['stuck-disposal', 'disposing of Stuck in StuckModule'],
  ['stuck-resource', 'left behind'],
])(
  'one step of the shutdown that never ends is left behind and told, and the others have their turn: %s',
  async (mode, told) => {
    const { signal, lines, stderr } = await run(mode);
    expect({ signal, lines }).toEqual({
      signal: 'SIGTERM',
      lines: [...HOOKS.slice(0, 2), 'pool disposed', 'pool closed'],
    });
    expect(stderr).toContain(told);
  },
);
