import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Scope } from '../../src/shared/provider.js';
import { forwardRef, type Ref } from '../../src/shared/token.js';
import { build, failureOf, rootOf } from './build-container.js';

@Injectable()
class Customers {
  #greeting = 'hello';

  constructor(@Inject(forwardRef(() => Orders)) readonly orders: Ref<Orders>) {}

  greet(name: string): string {
    return `${this.#greeting} ${name}`;
  }
}

@Injectable()
class Orders {
  constructor(@Inject(forwardRef(() => Customers)) private readonly kept: Ref<Customers>) {}

  greet(): string {
    return this.kept.greet('Ada');
  }

  get customers(): Customers {
    return this.kept;
  }
}

describe('a circle of providers', () => {
  test('without forwardRef is refused with the whole circle and a way out', async () => {
    const circle = [
      { provide: 'A', useFactory: () => 1, inject: ['B'] },
      { provide: 'B', useFactory: () => 1, inject: ['C'] },
      { provide: 'C', useExisting: 'A' },
    ];
    const { message } = await failureOf(rootOf({ providers: [...circle, { provide: 'D', useExisting: 'A' }] }));
    expect(message).toContain('"A" in Root → "B" in Root → "C" in Root → "A" in Root');
    expect(message).toContain('@Inject(forwardRef(() => TheOther))');
  });

  test('of one is called by its name', async () => {
    const { message } = await failureOf(rootOf({ providers: [{ provide: 'A', useExisting: 'A' }] }));
    expect(message).toBe('"A" in Root depends on itself: "A" in Root → "A" in Root.');
  });

  test.each([[[Customers, Orders]], [[Orders, Customers]]])(
    'with forwardRef works both ways, private members included: %p',
    async (providers) => {
      const container = await build(rootOf({ providers }));
      const customers = container.get(Customers);
      const orders = container.get(Orders);
      expect(orders.greet()).toBe('hello Ada');
      expect(orders.customers).toBe(customers);
      expect(orders.customers.orders).toBe(orders);
      expect(customers.orders).toBe(orders);
    },
  );

  test('hands over the instance itself in the end, in arguments and in properties', async () => {
    @Injectable()
    class Left {
      @Inject(forwardRef(() => Right)) right!: Ref<Right>;
    }
    @Injectable()
    class Right {
      constructor(readonly left: Left) {}
    }
    const container = await build(rootOf({ providers: [Left, Right] }));
    expect(container.get(Left).right).toBe(container.get(Right));
    expect(container.get(Right).left).toBe(container.get(Left));
  });

  test('is cut where the instance can be put into a property in the end, also by an accessor', async () => {
    @Injectable()
    class Left {
      constructor(@Inject(forwardRef(() => Right)) readonly right: Ref<Right>) {}
    }
    @Injectable()
    class Right {
      #left!: Left;
      @Inject(forwardRef(() => Left)) set left(left: Ref<Left>) {
        this.#left = left;
      }
      get left(): Ref<Left> {
        return this.#left;
      }
    }
    for (const providers of [
      [Left, Right],
      [Right, Left],
    ]) {
      const container = await build(rootOf({ providers }));
      expect(container.get(Right).left).toBe(container.get(Left));
      expect(container.get(Left).right).toBe(container.get(Right));
    }
  });

  test('hands over a function that can be called', async () => {
    const providers = [
      { provide: 'log', useFactory: (holder: object) => Object.assign(() => 'called', { holder }), inject: ['holder'] },
      { provide: 'holder', useFactory: (log: () => string) => ({ log }), inject: [forwardRef(() => 'log')] },
    ];
    const container = await build(rootOf({ providers }));
    const { log } = container.get<{ log: () => string }>('holder' as never);
    expect([log(), log]).toEqual(['called', container.get('log')]);
  });

  // There it would stay another object than everybody else has.
  test.each<[string, (given: object) => unknown]>([
    [
      'a #private field',
      (given) =>
        new (class {
          readonly #kept = given;
          kept() {
            return this.#kept;
          }
        })(),
    ],
    ['a closure', (given) => () => given],
    ['a list', (given) => ({ all: [given] })],
    ['a frozen property', (given) => Object.freeze({ given })],
    ['nothing', () => 'text'],
  ])('is refused where what came through forwardRef is kept in %s, and disposes of what was made', async (_, keep) => {
    const dispose = jest.fn();
    const providers = [
      { provide: 'right', useFactory: (left: unknown) => ({ left }), inject: ['left'], dispose },
      { provide: 'left', useFactory: keep, inject: [forwardRef(() => 'right')] },
    ];
    const { message } = await failureOf(rootOf({ providers }));
    expect(message).toContain(
      '"left" in Root gets "right" through forwardRef and keeps it where its placeholder can\'t be replaced',
    );
    expect(message).toContain('Keep it in a property');
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  test('works when one of the two is made by an async factory', async () => {
    class Made {
      constructor(readonly orders: { greet(): string }) {}
      greet = (): string => 'made';
    }
    const providers = [
      { provide: 'made', useFactory: async (asking: { greet(): string }) => new Made(asking), inject: ['asking'] },
      {
        provide: 'asking',
        useFactory: (made: Made) => ({ made, greet: () => made.greet() }),
        inject: [forwardRef(() => 'made')],
      },
    ];
    const container = await build(rootOf({ providers }));
    expect(container.get<Made>('made' as never).orders.greet()).toBe('made');
  });

  test('fails with an explanation where the other is used while it is not there yet', async () => {
    class Impatient {
      constructor(@Inject(forwardRef(() => Patient)) patient: Ref<Patient>) {
        patient.name();
      }
    }
    @Injectable()
    class Patient {
      constructor(readonly impatient: Impatient) {}
      name(): string {
        return 'patient';
      }
    }
    const { message } = await failureOf(rootOf({ providers: [Patient, Impatient] }));
    expect(message).toContain('Patient is used before it is created');
    expect(message).toContain('onModuleInit()');
    expect(message).toContain('(while creating Impatient, needed by Patient in Root)');
  });

  test('is refused between providers that are not singletons, naming the one', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Left {
      constructor(@Inject(forwardRef(() => Right)) readonly right: Ref<Right>) {}
    }
    @Injectable()
    class Right {
      constructor(readonly left: Left) {}
    }
    const { message } = await failureOf(rootOf({ providers: [Left, Right] }));
    expect(message).toContain('works only between singletons, and Left is request-scoped');
  });

  test('is cut at what asks for another name of a provider, and not at the name', async () => {
    @Injectable()
    class First {
      constructor(@Inject(forwardRef(() => 'second')) readonly second: Ref<object>) {}
    }
    @Injectable()
    class Second {
      constructor(readonly first: First) {}
    }
    const container = await build(rootOf({ providers: [First, Second, { provide: 'second', useExisting: Second }] }));
    expect(container.get(First).second).toBe(container.get(Second));
    const delayed = forwardRef(() => 'C') as unknown as string;
    const circle = [
      { provide: 'A', useFactory: () => 1, inject: ['B'] },
      { provide: 'B', useExisting: delayed },
      { provide: 'C', useFactory: () => 1, inject: ['A'] },
    ];
    const { message } = await failureOf(rootOf({ providers: circle }));
    expect(message).toContain('"A" in Root → "B" in Root → "C" in Root → "A" in Root');
    expect(message).toContain('@Inject(forwardRef(() => TheOther))');
  });

  test('is not what every forwardRef closes: elsewhere the instance is injected at once', async () => {
    @Injectable()
    class Early {
      readonly seen: string;
      constructor(@Inject(forwardRef(() => Late)) late: Ref<Late>) {
        this.seen = late.name;
      }
    }
    @Injectable()
    class Late {
      readonly name = 'late';
    }
    expect((await build(rootOf({ providers: [Early, Late] }))).get(Early).seen).toBe('late');
  });
});
