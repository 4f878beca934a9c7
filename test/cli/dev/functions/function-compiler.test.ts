import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from '../../../../src/build/bundle.js';
import { FunctionCompiler } from '../../../../src/cli/dev/functions/function-compiler.js';
import type { Compilation } from '../../../../src/cli/project/compile-sources.js';
import { Workshop } from '../../workshop.js';

/** Compilations under way, each with what ends it: by the package that the function imports, or by an error. */
const underWay: { end(packageName: string, file: string): void; fail(file: string): void }[] = [];

jest.mock('../../../../src/cli/project/compile-sources.js', () => ({
  compileSources: ({ plugins }: Compilation) =>
    new Promise<Pick<Bundle, 'chunks'>>((resolve, reject) => {
      const read = plugins![0]!.load as (file: string) => unknown;
      underWay.push({
        end(packageName, file) {
          read(file);
          resolve({ chunks: [{ fileName: 'handler.mjs', isDynamicEntry: false, imports: [packageName] }] as never });
        },
        fail(file) {
          read(file);
          reject(new Error('PARSE_ERROR'));
        },
      });
    }),
}));

let workshop: Workshop;
let compiler: FunctionCompiler;

beforeEach(() => {
  workshop = new Workshop();
  underWay.splice(0);
  compiler = makeCompiler();
});

const makeCompiler = () =>
  new FunctionCompiler('handler', 'src/handler.ts', { root: workshop.folder, cache: join(workshop.folder, 'cache') });

afterEach(() => rmSync(workshop.folder, { recursive: true }));

/** Resolves when so many compilations have come to the bundler. */
async function begun(count: number): Promise<void> {
  while (underWay.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function overlapping(): Promise<readonly [first: Promise<string>, second: Promise<string>]> {
  const first = compiler.compile();
  await begun(1);
  const second = compiler.compile();
  await begun(2);
  return [first, second];
}

test('of two compilations the one that was begun last tells what is read and imported, whichever ends last', async () => {
  const [first, second] = await overlapping();
  underWay[1]!.end('new-package', '/src/new.ts');
  await second;
  underWay[0]!.end('old-package', '/src/old.ts');
  expect(await first).not.toBe(await second);
  expect(readFileSync(compiler.preload, 'utf8')).toBe('import "new-package";\n');
  expect([...compiler.sources]).toEqual(['/src/new.ts']);
});

test('one that fails after it has begun another adds nothing to what is read', async () => {
  const [first, second] = await overlapping();
  underWay[1]!.end('new-package', '/src/new.ts');
  await second;
  underWay[0]!.fail('/src/old.ts');
  await expect(first).rejects.toThrow('PARSE_ERROR');
  expect([...compiler.sources]).toEqual(['/src/new.ts']);
});

test('one that fails leaves no folder, and has the files that it came to read', async () => {
  const failing = compiler.compile();
  await begun(1);
  underWay[0]!.fail('/src/part.ts');
  await expect(failing).rejects.toThrow('PARSE_ERROR');
  expect([...compiler.sources]).toEqual([join(workshop.folder, 'src/handler.ts'), '/src/part.ts']);
  expect(readdirSync(dirname(compiler.preload))).toEqual([]);
});

test('two of the same name, one after the other, have no file in common', async () => {
  const compilations = [compiler.compile(), makeCompiler().compile()];
  await begun(2);
  for (const { end } of underWay) end('a-package', '/src/handler.ts');
  const [one, other] = await Promise.all(compilations);
  expect(one).not.toBe(other);
});
