import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { paint } from '../../../src/cli/framework/colors.js';
import { UsageError } from '../../../src/cli/framework/command-error.js';
import { TerminalPrompts } from '../../../src/cli/framework/prompts.js';

const [UP, DOWN, ENTER, CTRL_C] = ['\u001B[A', '\u001B[B', '\r', '\u0003'];
const CHOICES = { jest: 'as in NestJS', vitest: 'native ES modules', node: 'nothing to install' };

let input: PassThrough & { setRawMode: jest.Mock };
let output: PassThrough & { columns: number };
let interrupted: jest.Mock;
let prompts: TerminalPrompts;
const { TERM } = process.env;

beforeEach(() => {
  process.env['TERM'] = 'xterm-256color';
  input = Object.assign(new PassThrough(), { setRawMode: jest.fn() });
  output = Object.assign(new PassThrough(), { columns: 80 });
  interrupted = jest.fn();
  prompts = new TerminalPrompts({ input: input as never, output: output as never, paint: paint(true), interrupted });
});

afterEach(() => {
  if (TERM === undefined) delete process.env['TERM'];
  else process.env['TERM'] = TERM;
});

const written = () => stripVTControlCharacters(String(output.read() ?? ''));

describe('a list', () => {
  test.each([
    ['Enter takes the first', [ENTER], 'jest'],
    ['the arrow keys move', [DOWN, DOWN, UP, ENTER], 'vitest'],
    ['the list ends where it begins', [UP, ENTER], 'node'],
    ['and begins where it ends', [DOWN, DOWN, DOWN, ENTER], 'jest'],
    ['a number selects', ['2', ENTER], 'vitest'],
    ['other keys do nothing', ['x', '9', '0', ' ', '\t', ENTER], 'jest'],
  ])('%s', async (_what, keys, chosen) => {
    const answer = prompts.choose('Test runner', CHOICES);
    input.write(keys.join(''));
    await expect(answer).resolves.toBe(chosen);
    expect(written()).toMatch(new RegExp(`Test runner: ${chosen}\n$`));
    expect(input.setRawMode.mock.calls).toEqual([[true], [false]]);
    expect(interrupted).not.toHaveBeenCalled();
  });

  test('shows what each choice is, in lines that do not wrap', async () => {
    output.columns = 23;
    const answer = prompts.choose('Test runner', CHOICES);
    input.write(ENTER);
    await answer;
    const lines = written().split('\n');
    expect(lines.slice(1, 4)).toEqual(['> jest    as in NestJS', '  vitest  native ES mo', '  node    nothing to i']);
  });

  test('Ctrl-C interrupts it', async () => {
    const answer = prompts.choose('Test runner', CHOICES);
    input.write(CTRL_C);
    await answer;
    expect(interrupted).toHaveBeenCalledTimes(1);
    expect(input.setRawMode).toHaveBeenLastCalledWith(false);
  });

  test('on a terminal that cannot move its cursor, the name is typed, until it is one of them', async () => {
    process.env['TERM'] = 'dumb';
    const answer = prompts.choose('Test runner', CHOICES);
    input.write('vites\n');
    setImmediate(() => input.write('vitest\n'));
    await expect(answer).resolves.toBe('vitest');
    expect(written()).toContain('The answer must be jest, vitest or node, not "vites". Did you mean vitest?');
    expect(input.setRawMode).not.toHaveBeenCalled();
  });
});

describe('a line', () => {
  test('is asked for again while it is wrong', async () => {
    const answer = prompts.text('Size', (text) => {
      if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is not a number.`);
      return Number(text);
    });
    input.write('big\n');
    setImmediate(() => input.write(' 7 \n'));
    await expect(answer).resolves.toBe(7);
    expect(written()).toContain('"big" is not a number.');
  });

  test('passes on errors that are no fault of the answer', async () => {
    const answer = prompts.text('Size', () => {
      throw new TypeError('broken');
    });
    input.write('7\n');
    await expect(answer).rejects.toThrow(TypeError);
  });

  test('is interrupted by the end of the input', async () => {
    void prompts.text('Size', String);
    input.end();
    await new Promise((resolve) => interrupted.mockImplementation(resolve as () => void));
    expect(interrupted).toHaveBeenCalledTimes(1);
  });
});
