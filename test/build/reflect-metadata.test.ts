import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { installReflectMetadata } from '../../src/build/reflect-metadata.js';

type Api = Record<string, (...given: unknown[]) => unknown>;

/** A world of its own, in which a script has run. */
function worldOf(script: string) {
  const context = createContext({});
  const run = (text: string) => runInContext(text, context) as unknown;
  run(script);
  return { run, api: run('Reflect') as Api, classes: () => run(`[...globalThis[Symbol.for('lambent.classes')]]`) };
}

const OURS = `(${String(installReflectMetadata)})()`;
const THEIRS = readFileSync(require.resolve('reflect-metadata/lite'), 'utf8');

function classesIn({ run }: ReturnType<typeof worldOf>) {
  return run(
    `class A { list() {} static make() {} } class B extends A { list() {} } class C extends B {}
     function D() {} Object.setPrototypeOf(D.prototype, B.prototype);
     function E() {} E.prototype = Object.create(D.prototype);
     function F() {} F.prototype = Object.create(null);
     [A, A.prototype, B, B.prototype, C, C.prototype, A.prototype.list, { plain: 1 }, D, D.prototype, E, F, () => 1]`,
  ) as object[];
}

const NAMES = ['design:type', 'design:paramtypes', 'mine', '', Symbol.for('mine'), 1];
const KEYS = [undefined, 'list', 'constructor', '__proto__', Symbol.iterator, 0, '0', 'undefined'];
const call = fc.record({
  method: fc.constantFrom(
    'defineMetadata',
    'metadata',
    'getMetadata',
    'getOwnMetadata',
    'hasMetadata',
    'hasOwnMetadata',
    'getMetadataKeys',
    'getOwnMetadataKeys',
    'deleteMetadata',
  ),
  name: fc.constantFrom(...NAMES),
  target: fc.nat({ max: 12 }),
  key: fc.constantFrom(...KEYS),
});

test('the small module behaves as reflect-metadata does, whatever is called in whatever order', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
      const outcomes = [OURS, THEIRS].map((script) => {
        const world = worldOf(script);
        const targets = classesIn(world);
        return calls.map(({ method, name, target: index, key }, value) => {
          const target = targets[index]!;
          if (method === 'defineMetadata') return world.api[method]!(name, value, target, key);
          // As a decorator, reflect-metadata takes no numbers.
          if (method === 'metadata') {
            if (typeof key !== 'number') (world.api[method]!(name, value) as Function)(target, key);
            return undefined;
          }
          const list = method.endsWith('Keys');
          const given = list ? [target, key] : [name, target, key];
          const outcome = world.api[method]!(...given);
          return list ? [...(outcome as unknown[])] : outcome;
        });
      });
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
  );
});

test('metadata is inherited as with reflect-metadata, by functions of old packages, too', () => {
  const inherited = [OURS, THEIRS].map((script) => {
    const world = worldOf(script);
    const targets = classesIn(world);
    for (const [index, target] of targets.entries()) world.api['defineMetadata']!(`of ${index}`, index, target);
    return targets.map((target) => [
      [...(world.api['getMetadataKeys']!(target) as string[])],
      targets.map((_, index) => world.api['getMetadata']!(`of ${index}`, target)),
    ]);
  });
  expect(inherited[0]).toEqual(inherited[1]);
});

test('decorators run from the last to the first, and may replace what they decorate', () => {
  for (const script of [OURS, THEIRS]) {
    const { api } = worldOf(script);
    const [First, Second] = [class {}, class {}];
    const seen: unknown[] = [];
    const note =
      (result?: unknown) =>
      (...given: unknown[]) => (seen.push(given), result);
    expect(api['decorate']!([note(Second), note()], First)).toBe(Second);
    expect(api['decorate']!([note({ value: 2 })], First.prototype, 'list', { value: 1 })).toEqual({ value: 2 });
    expect(seen).toEqual([[First], [First], [First.prototype, 'list', { value: 1 }]]);
  }
});

test.each([undefined, null, 1, 'text'])('a target like %p is refused', (target) => {
  for (const script of [OURS, THEIRS]) {
    const { api } = worldOf(script);
    for (const method of ['defineMetadata', 'getMetadata', 'hasOwnMetadata'])
      expect(() => api[method]!('name', ...(method === 'defineMetadata' ? [1, target] : [target]))).toThrow('');
  }
});

test('classes are registered in the order of their first types, beside reflect-metadata too', () => {
  for (const script of [OURS, `${THEIRS};${OURS}`]) {
    const world = worldOf(script);
    const [A, aPrototype, B] = classesIn(world) as [object, object, object];
    world.api['metadata']!('mine', 1);
    (world.api['metadata']!('design:paramtypes', []) as Function)(B, undefined);
    world.api['defineMetadata']!('mine', 1, { plain: 1 });
    (world.api['metadata']!('design:type', String) as Function)(aPrototype, 'list');
    (world.api['metadata']!('design:type', String) as Function)(B, 'make');
    expect(world.classes()).toEqual([B, A]);
    expect(world.api['getMetadata']!('design:type', aPrototype, 'list')).toBe(String);
  }
});

test('a later reflect-metadata takes over what was defined before', () => {
  const world = worldOf(OURS);
  const [, aPrototype, , bPrototype] = classesIn(world);
  world.api['defineMetadata']!('design:type', String, aPrototype, 'list');
  world.run(THEIRS);
  expect(world.api['getMetadata']!('design:type', bPrototype, 'list')).toBe(String);
});
