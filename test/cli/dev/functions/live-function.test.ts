import {
  LiveFunction,
  type LiveFunctionObserver,
  type LiveProject,
} from '../../../../src/cli/dev/functions/live-function.js';

const compilations: ((file: string) => void)[] = [];
const removed: string[] = [];

jest.mock('../../../../src/cli/dev/functions/function-compiler.js', () => ({
  FunctionCompiler: class {
    sources = new Set();

    compile(): Promise<string> {
      return new Promise((resolve) => compilations.push(resolve));
    }

    async remove(file: string): Promise<void> {
      removed.push(file);
    }
  },
}));

const tick = () => new Promise((resolve) => setImmediate(resolve));

test('the output of a replaced start is removed', async () => {
  const fn = new LiveFunction(
    'handler',
    'src/handler.ts',
    {} as LiveProject,
    { starting: () => undefined } as unknown as LiveFunctionObserver,
  );
  fn.restart();
  fn.restart();
  compilations[0]!('1/handler.mjs');
  await tick();
  expect(removed).toEqual(['1/handler.mjs']);
  await fn.close();
  compilations[1]!('2/handler.mjs');
  await tick();
  expect(removed).toEqual(['1/handler.mjs', '2/handler.mjs']);
});

test('awaiting the latest start starts nothing', async () => {
  const starting = jest.fn();
  const fn = new LiveFunction(
    'handler',
    'src/handler.ts',
    {} as LiveProject,
    { starting } as unknown as LiveFunctionObserver,
  );
  await fn.startEnded();
  expect(starting).not.toHaveBeenCalled();
});
