import fc from 'fast-check';
import { releaseScope } from '../../src/modules/instances/event-scope.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { bootstrapOf, type TestContainer, eventOf, rootOf, settled } from './build-container.js';

type Outcome = 'fine' | 'throws' | 'rejects' | 'never';

/** One provider of a generated application. */
interface Node {
  readonly scope: Scope;
  readonly outcome: Outcome;
  /** Milliseconds; `undefined` for one that is synchronous. */
  readonly delay: number | undefined;
  /** Earlier ones that it depends on; twice for a diamond, or for two transients. */
  readonly below: readonly number[];
  readonly disposal: 'dispose' | 'sync' | 'async';
  /** Gives what it was given first, if anything, and makes nothing. */
  readonly gives: boolean;
  /** Is another name of the first one below, if any: what that makes, in its scope. */
  readonly isAlias: boolean;
}

interface Made {
  readonly by: number;
  readonly given: readonly unknown[];
}

const often = (outcome: Outcome, weight: number) => ({ arbitrary: fc.constant(outcome), weight });
const nodes = (outcomes: fc.Arbitrary<Outcome>): fc.Arbitrary<Node[]> =>
  fc
    .array(
      fc.record({
        scope: fc.constantFrom(...Object.values(Scope)),
        outcome: outcomes,
        delay: fc.option(fc.nat(3), { nil: undefined }),
        below: fc.array(fc.nat(30), { maxLength: 4 }),
        disposal: fc.constantFrom('dispose' as const, 'sync' as const, 'async' as const),
        gives: fc.boolean(),
        isAlias: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
      }),
      { minLength: 1, maxLength: 9 },
    )
    .map((all) => all.map((node, index) => placed(node, index)));

function placed(node: Node, index: number): Node {
  const below = index === 0 ? [] : node.below.map((each) => each % index);
  const isAlias = node.isAlias && below.length > 0;
  return { ...node, isAlias, below: isAlias ? below.slice(0, 1) : below };
}

const mixed = nodes(fc.oneof(often('fine', 12), often('throws', 1), often('rejects', 1), often('never', 1)));

/** Follows what a generated application makes and disposes of. */
class Witness {
  readonly made: Made[] = [];
  readonly disposed: Made[] = [];
  readonly errors: Error[] = [];
  readonly running: Made[] = [];

  constructor(readonly graph: readonly Node[]) {}

  providers(): Provider[] {
    return this.graph.map((node, index) => (node.isAlias ? aliasOf(node, index) : this.#provider(node, index)));
  }

  #provider(node: Node, index: number): Provider {
    return {
      provide: `${index}`,
      scope: node.scope,
      inject: node.below.map(String),
      useFactory: (...given: unknown[]) =>
        node.delay === undefined && node.outcome !== 'never' ? this.#make(index, given) : this.#makeLater(index, given),
      ...(node.disposal === 'dispose' &&
        !node.gives && { dispose: (instance: unknown) => void this.disposed.push(instance as Made) }),
    };
  }

  /** What something may still use that never comes to its end: everything that providers below it have made. */
  get inUse(): Set<unknown> {
    const below = new Set(this.running.flatMap(({ by }) => this.graph[by]!.below));
    for (const index of below) for (const each of this.graph[index]!.below) below.add(each);
    return new Set(this.made.filter(({ by }) => below.has(by)));
  }

  async #makeLater(index: number, given: unknown[]): Promise<unknown> {
    const { outcome, delay } = this.graph[index]!;
    const running: Made = { by: index, given };
    this.running.push(running);
    if (outcome === 'never') await new Promise(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, delay));
    this.running.splice(this.running.indexOf(running), 1);
    return this.#make(index, given);
  }

  #make(index: number, given: unknown[]): unknown {
    const { outcome, disposal, gives } = this.graph[index]!;
    if (outcome !== 'fine') {
      const error = new Error(`no ${index}`);
      this.errors.push(error);
      throw error;
    }
    if (gives && given.length > 0) return given[0];
    const made: Made = { by: index, given };
    const dispose = (): void => void this.disposed.push(made);
    if (disposal === 'sync' || gives) Object.assign(made, { [Symbol.dispose]: dispose });
    if (disposal === 'async') Object.assign(made, { [Symbol.asyncDispose]: async () => settled().then(dispose) });
    this.made.push(made);
    return made;
  }
}

function aliasOf({ below: [first] }: Node, index: number): Provider {
  return { provide: `${index}`, useExisting: `${first}` };
}

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeAll(() => process.on('unhandledRejection', note));
afterAll(() => process.off('unhandledRejection', note));
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'performance'] });
  unhandled.length = 0;
});
afterEach(() => jest.useRealTimers());

/** Lets everything come to the end that does. Rejections that nobody takes are told between the steps. */
async function pass(milliseconds: number): Promise<void> {
  for (let step = 0; step < 12; step++) {
    await jest.advanceTimersByTimeAsync(milliseconds / 12);
    await settled();
  }
}

function start(witness: Witness) {
  const bootstrap = bootstrapOf(rootOf({ providers: witness.providers() }), { report: note });
  const outcome: { container?: TestContainer; error?: unknown } = {};
  bootstrap.run().then(
    (container) => (outcome.container = container),
    (error: unknown) => (outcome.error = error),
  );
  return { bootstrap, outcome };
}

/** Each once, nothing else, what is made of something before that; all of it, but for what is in use. */
function expectDisposed({ made, disposed, inUse }: Witness, apart = new Set<unknown>()): void {
  expect(new Set(disposed).size).toBe(disposed.length);
  const left = made.filter((each) => !disposed.includes(each) && !inUse.has(each) && !apart.has(each));
  expect(left).toEqual([]);
  for (const [place, each] of disposed.entries()) {
    expect(made).toContain(each);
    for (const later of disposed.slice(place))
      expect(each).not.toBe((later.given as unknown[]).find((given) => given === each));
  }
}

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100) };

test('an application that fails or never comes up tells its first error, and disposes of what it had made', async () => {
  await fc.assert(
    fc.asyncProperty(mixed, async (graph) => {
      const witness = new Witness(graph);
      const { bootstrap, outcome } = start(witness);
      await pass(2000);
      if (!outcome.container && !outcome.error) {
        bootstrap.abort(new Error('closing'));
        await pass(2000);
      }
      if (outcome.container) {
        expect(witness.errors).toEqual([]);
        await outcome.container.close();
        expect(witness.disposed).toEqual(witness.made.toReversed());
      } else {
        const [first] = witness.errors;
        expect(outcome.error).toBe(first ?? outcome.error);
        expect((outcome.error as Error).message).toMatch(
          first ? /^no \d \(while creating "\d"(, needed by ("\d"(, )?)+)? in Root\)$/ : /^closing$/,
        );
      }
      expectDisposed(witness);
      expect(unhandled).toEqual([]);
      if (outcome.container) return;
      // The next attempt knows nothing of this one.
      const fine = graph.map((node): Node => ({ ...node, outcome: 'fine' }));
      const second = new Witness(fine);
      const again = start(second);
      await pass(100);
      expect(again.outcome.error).toBeUndefined();
      await again.outcome.container!.close();
      expect(second.disposed).toEqual(second.made.toReversed());
    }),
    runs,
  );
});

test('events dispose of what was made for them, whatever fails or never comes, and of nothing else', async () => {
  const perEvent = mixed.map((graph) =>
    // The application comes up: what fails or never comes is made for events.
    graph.map((node): Node => (node.scope === Scope.DEFAULT ? { ...node, outcome: 'fine' } : node)),
  );
  await fc.assert(
    fc.asyncProperty(perEvent, fc.array(fc.nat(8), { minLength: 1, maxLength: 4 }), async (graph, wanted) => {
      const witness = new Witness(graph);
      const { outcome } = start(witness);
      await pass(2000);
      const { container, error } = outcome;
      // A transient may fail below a singleton.
      if (!container) return void expect(error === undefined || witness.errors.includes(error as Error)).toBe(true);
      const own = new Set<unknown>(witness.made);
      const started = witness.disposed.length;
      const events = wanted.map((_, index) => eventOf(`${index}`));
      const asked = events.map((event, index) => container.resolve(`${wanted[index]! % graph.length}` as never, event));
      const results = asked.map((each) => each.catch((thrown: unknown) => thrown));
      await pass(50);
      for (const event of events) void Promise.resolve(releaseScope(event, note)).catch(note);
      await pass(2000);
      // Nothing of the application's own.
      for (const each of witness.disposed.slice(started)) expect(own.has(each)).toBe(false);
      expectDisposed(witness, own);
      await container.close();
      expectDisposed(witness);
      expect(unhandled).toEqual([]);
      const told = await Promise.race([Promise.all(results), settled()]);
      for (const each of told ?? []) if (each instanceof Error) expect(witness.errors).toContain(each);
    }),
    runs,
  );
});

test('what is resolved for a caller is the caller’s, or is disposed of where it fails', async () => {
  const perCall = nodes(fc.oneof(often('fine', 8), often('throws', 1), often('rejects', 1))).map((graph) =>
    graph.map((node): Node => (node.scope === Scope.DEFAULT ? { ...node, outcome: 'fine' } : node)),
  );
  await fc.assert(
    fc.asyncProperty(perCall, async (graph) => {
      const witness = new Witness(graph);
      const { outcome } = start(witness);
      await pass(100);
      const { container } = outcome;
      if (!container) return;
      const own = new Set<unknown>(witness.made);
      let error: unknown;
      const resolved = container.resolve(`${graph.length - 1}` as never).catch((thrown: unknown) => (error = thrown));
      await pass(100);
      await resolved;
      if (error === undefined) expect(witness.disposed).toEqual([]);
      else expectDisposed(witness, own);
      const left = witness.made.filter((each) => !own.has(each) && error === undefined);
      await container.close();
      expectDisposed(witness, new Set(left));
      for (const each of left) expect(witness.disposed).not.toContain(each);
      expect(unhandled).toEqual([]);
    }),
    runs,
  );
});
