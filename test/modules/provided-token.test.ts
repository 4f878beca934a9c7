import { ownClassMetadata } from '../../src/metadata/class-metadata.js';
import type { DynamicModule } from '../../src/shared/module.js';
import { ProvidedToken } from '../../src/shared/provider.js';
import { build } from './build-container.js';

class Root {}
class Side {}
class Asking {
  constructor(readonly value: object) {}
}
class AskingToo extends Asking {}

let made: number;
const TOKEN = new ProvidedToken<object>('a value', {
  inject: ['BASE'],
  useFactory: (base: string) => ({ base, made: ++made }),
});

beforeEach(() => {
  made = 0;
  ownClassMetadata(Asking).injectable = {};
  ownClassMetadata(Asking).injections.set(0, { token: TOKEN });
});

const run = (root: DynamicModule) => build(root);
const base = { provide: 'BASE', useValue: 'b' };

test('a token that brings its provider is provided where it is asked for, once a module', async () => {
  const container = await run({ module: Root, providers: [base, Asking, AskingToo] });
  expect(container.get(Asking).value).toEqual({ base: 'b', made: 1 });
  expect(container.get(AskingToo).value).toBe(container.get(Asking).value);
});

test('nobody makes it when nobody asks', async () => {
  await run({ module: Root, providers: [base] });
  expect(made).toBe(0);
});

test('a provider of the application under the token wins', async () => {
  const own = { mine: true };
  const side: DynamicModule = { module: Side, providers: [{ provide: TOKEN, useValue: own }], exports: [TOKEN] };
  const container = await run({ module: Root, imports: [side], providers: [Asking] });
  expect(container.get(Asking).value).toBe(own);
  expect(made).toBe(0);
});

test('what its factory lacks is told with the module and the token', async () => {
  await expect(run({ module: Root, providers: [Asking] })).rejects.toThrow(
    'a value in Root needs "BASE" (inject[0]), but nothing visible in Root provides it',
  );
});
