import '../../src/metadata/reflection.js';
import {
  container as globalContainer,
  delay,
  inject,
  injectAll,
  injectWithTransform,
  injectable,
  singleton,
} from 'tsyringe';
import { Injectable } from '../../src/decorators/injectable.js';
import type { Ref } from '../../src/shared/token.js';
import { build, failureOf, rootOf } from './build-container.js';

@singleton()
class Clock {}

@injectable()
class Orders {
  constructor(
    readonly clock: Clock,
    @inject('URL') readonly url: string,
    @inject('LIMIT', { isOptional: true }) readonly limit?: number,
  ) {}
}

@injectable()
class Derived extends Orders {}

const url = { provide: 'URL', useValue: 'db://' };

/** Everything that is registered on tsyringe's global container. */
function globalRegistrations(): unknown[] {
  const { _registry: registry } = globalContainer as unknown as {
    _registry: { entries(): Iterable<[unknown, unknown[]]> };
  };
  return [...registry.entries()].map(([token, registrations]) => [token, [...registrations]]);
}

describe("tsyringe's own decorators", () => {
  test('make a class a provider, with its tokens, optional ones and inherited constructors', async () => {
    const container = await build(rootOf({ providers: [Clock, Orders, Derived, url] }));
    const orders = container.get(Orders);
    expect([orders.clock, orders.url, orders.limit]).toEqual([container.get(Clock), 'db://', undefined]);
    expect(container.get(Derived).url).toBe('db://');
    const limited = await build(rootOf({ providers: [Clock, Orders, url, { provide: 'LIMIT', useValue: 3 }] }));
    expect(limited.get(Orders).limit).toBe(3);
  });

  test('delay() cuts a circle as forwardRef does', async () => {
    @injectable()
    class Left {
      constructor(@inject(delay(() => Right)) readonly right: Ref<Right>) {}
    }
    @injectable()
    class Right {
      constructor(readonly left: Left) {}
    }
    const container = await build(rootOf({ providers: [Left, Right] }));
    expect(container.get(Left).right).toBe(container.get(Right));
  });

  test('@injectAll and @injectWithTransform are refused by name', async () => {
    class Upper {
      transform = (text: string): string => text.toUpperCase();
    }
    @injectable()
    class All {
      constructor(@injectAll('URL') readonly urls: string[]) {}
    }
    @injectable()
    class Transformed {
      constructor(@injectWithTransform('URL', Upper) readonly text: string) {}
    }
    expect((await failureOf(rootOf({ providers: [All, url] }))).message).toContain(
      "All uses tsyringe's @injectAll on constructor parameter 1, which is not supported",
    );
    expect((await failureOf(rootOf({ providers: [Transformed, url] }))).message).toContain('@injectWithTransform');
  });
});

describe("tsyringe's global container", () => {
  test('is neither written to nor asked: a @singleton there is not the application’s, and what nobody provides is unknown', async () => {
    const before = globalRegistrations();
    const elsewhere = globalContainer.resolve(Clock);
    const container = await build(rootOf({ providers: [Clock] }));
    expect(container.get(Clock)).not.toBe(elsewhere);
    expect((await build(rootOf({ providers: [Clock] }))).get(Clock)).not.toBe(container.get(Clock));
    @Injectable()
    class Asking {
      constructor(readonly clock: Clock) {}
    }
    expect((await failureOf(rootOf({ providers: [Asking] }))).message).toContain('Asking in Root needs Clock');
    await container.close();
    expect(globalRegistrations()).toEqual(before);
    expect(globalRegistrations()).toHaveLength(1);
  });
});
