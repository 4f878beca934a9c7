import { createStandIn, replaceStandIn } from '../../../src/modules/instances/stand-in.js';

class Counter {
  #count = 0;
  label = 'counter';

  add(): number {
    return ++this.#count;
  }

  get count(): number {
    return this.#count;
  }
}

describe('a stand-in', () => {
  test('behaves as the instance: methods, accessors, properties, prototype', () => {
    const counter = new Counter();
    const stand = createStandIn('Counter', () => counter) as Counter;
    expect([stand.add(), stand.count, stand.label]).toEqual([1, 1, 'counter']);
    expect(stand.add).toBe(stand.add);
    expect(stand.constructor).toBe(Counter);
    expect(stand).toBeInstanceOf(Counter);
    expect(Object.keys(stand)).toEqual(['label']);
    expect(JSON.stringify(stand)).toBe('{"label":"counter"}');
    expect('count' in stand).toBe(true);
  });

  test('writes to the instance', () => {
    const counter = new Counter();
    const stand = createStandIn('Counter', () => counter) as Partial<Counter>;
    stand.label = 'written';
    expect(counter.label).toBe('written');
    delete stand.label;
    expect('label' in counter).toBe(false);
    Object.defineProperty(stand, 'label', { value: 'defined', configurable: true });
    expect(counter.label).toBe('defined');
  });

  test('shows the properties of a frozen instance', () => {
    const frozen = Object.freeze({ name: 'fixed' });
    expect({ ...createStandIn('Frozen', () => frozen) }).toEqual({ name: 'fixed' });
  });

  test('fails as long as there is no instance, naming the provider', () => {
    const stand = createStandIn('Counter', () => undefined) as Counter;
    expect(() => stand.add()).toThrow('Counter is used before it is created');
  });

  test('gives way to the instance in every property that held it, and only there', () => {
    const counter = new Counter();
    const stand = createStandIn('Counter', () => counter);
    const key = Symbol('key');
    const getter = jest.fn(() => stand);
    const holder = { own: stand, [key]: stand, other: 'other' };
    Object.defineProperty(holder, 'computed', { get: getter });
    replaceStandIn(holder, stand, counter);
    expect([holder.own, holder[key], holder.other]).toEqual([counter, counter, 'other']);
    expect(holder.own).toBe(counter);
    expect(getter).not.toHaveBeenCalled();
    const frozen = Object.freeze({ own: stand });
    replaceStandIn(frozen, stand, counter);
    expect(frozen.own).toBe(stand);
    expect(() => replaceStandIn('text', stand, counter)).not.toThrow();
  });
});
