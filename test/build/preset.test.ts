import { resolve } from 'node:path';
import { buildSettings } from '../../src/build/build-options.js';
import { preset } from '../../src/build/preset.js';

const entry = 'src/handler.ts';

test('a preset is whole with nothing but an entry', () => {
  expect(preset({ entry })).toMatchObject({
    input: entry,
    platform: 'node',
    tsconfig: true,
    external: [],
    transform: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    output: { dir: resolve('bundle'), format: 'esm', sourcemap: 'hidden' },
  });
});

test.each([
  ['handler', 'esm', 'handler.mjs'],
  ['orders.handler', 'cjs', 'orders-handler.cjs'],
  ['v1.2/orders.v2.handler', 'esm', 'v1.2/orders-v2-handler.mjs'],
] as const)(
  'the file of %s has no dot before its extension, where Lambda would end the name (%s)',
  (name, format, file) => {
    expect(preset({ entry, format }).output.entryFileNames({ name })).toBe(file);
  },
);

test('the runtime has packages of the SDK, and nothing that sounds like them', () => {
  const { external } = preset({ entry, runtimeSdk: true, external: ['sharp'] });
  const isLeftOut = (name: string) => external.some((one) => (typeof one === 'string' ? one === name : one.test(name)));
  expect(
    ['sharp', '@aws-sdk/client-s3', '@aws-sdk/lib-dynamodb/dist', '@smithy/node-http-handler'].every(isLeftOut),
  ).toBe(true);
  expect(['@aws-sdk-mock/x', 'my-@aws-sdk/x', '@aws-lambda-powertools/logger', 'sharper'].some(isLeftOut)).toBe(false);
});

test('paths start from the option "cwd"', () => {
  expect(preset({ entry, cwd: '/srv/app', outDir: 'out', sourcemaps: 'inside' }).output).toMatchObject({
    dir: resolve('/srv/app/out'),
    sourcemap: true,
  });
});

test.each([
  [{}, 'preset() needs "entry"'],
  [{ entry: [] }, 'preset() needs "entry"'],
  [{ entry: '' }, 'preset() needs "entry"'],
  [{ entry, outdir: 'x' }, 'Unknown in preset(): outdir. It takes entry, outDir,'],
  [{ entry, budget: 5 }, 'Unknown in preset(): budget'],
  [{ entry, format: 'iife' }, 'format is iife; it takes esm or cjs.'],
  [{ entry, sourcemaps: true }, 'sourcemaps is true; it takes outside or inside or false.'],
])('%p is refused', (options, message) => {
  expect(() => preset(options as never)).toThrow(
    expect.objectContaining({ name: 'BootstrapError', message: expect.stringContaining(message) }),
  );
});

test.each([[0], [-1], [Number.NaN], ['big']])('the budget %p is refused', (budget) => {
  expect(() => buildSettings({ entry, budget } as never)).toThrow('budget is ');
});
