import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { serialize } from '../../src/validation/serialize.js';

class Decimal {
  constructor(private readonly digits: string) {}
  toString(): string { return this.digits; }
  toJSON(): string { return this.digits; }
}

class Sub { @Expose() shown = 1; @Exclude() hidden = 'hidden'; }

class User {
  id = 1;
  @Exclude() password = 'hidden';
  @Expose({ name: 'full_name' }) name = 'Ada';
  @Transform(({ value }) => (value as Decimal).toString().padStart(5, '0')) rate = new Decimal('1.5');
  balance = new Decimal('2.50');
  seen = new Date(0);
  @Type(() => Sub) typed = [new Sub()];
  untyped = { sub: new Sub(), list: [[new Sub(), new Decimal('3')]] };
  @Expose() get initials(): string { return this.name[0]!; }
}

const user = {
  id: 1, full_name: 'Ada', rate: '001.5', balance: '2.50', seen: '1970-01-01T00:00:00.000Z',
  typed: [{ shown: 1 }], untyped: { sub: { shown: 1 }, list: [[{ shown: 1 }, '3']] }, initials: 'A',
};
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(serialize(value)));

describe('decorated instances', () => {
  test('are written by their decorators', () => {
    expect(sent(new User())).toEqual(user);
  });

  test.each<[string, unknown, unknown]>([
    ['an array', [new User(), 1], [user, 1]],
    ['a plain object', { data: { user: new User() }, total: 1 }, { data: { user }, total: 1 }],
    ['an instance without decorators', Object.assign(new (class Page { items = [new User()]; })(), { next: null }), { items: [user], next: null }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { user: new User() }), { user }],
  ])('are found inside %s', (_where, value, expected) => {
    expect(sent(value)).toEqual(expected);
  });

  test('are not changed', () => {
    const value = { user: new User() };
    const before = structuredClone(Object.keys(value.user));
    serialize(value);
    expect(value.user).toBeInstanceOf(User);
    expect(Object.keys(value.user)).toEqual(before);
    expect(value.user.balance).toBeInstanceOf(Decimal);
  });

  test('keep what their subclass excludes, and what their parent does', () => {
    class Admin extends User { @Exclude() key = 'hidden'; level = 9; }
    expect(sent(new Admin())).toEqual({ ...user, level: 9 });
  });

  test('write only what is exposed where the class is excluded', () => {
    @Exclude() class Closed { @Expose() a = 1; b = 2; }
    expect(sent([new Closed()])).toEqual([{ a: 1 }]);
  });

  test('win over a toJSON of their own', () => {
    class Both { @Exclude() password = 'hidden'; id = 1; toJSON() { return { ...this }; } }
    expect(sent(new Both())).toEqual({ id: 1 });
  });

  test('are written by their decorators where they hold functions, which are not called', () => {
    class Session {
      @Exclude() token = 'hidden';
      id = 1;
      ended = false;
      end = () => { this.ended = true; };
      @Expose() label = () => `session ${this.id}`;
    }
    const session = new Session();
    expect(sent({ session })).toEqual({ session: { id: 1, ended: false, label: 'session 1' } });
    expect(session.ended).toBe(false);
  });

  test('keep values that write themselves where @Type names their class', () => {
    class Priced { @Type(() => Decimal) price = new Decimal('9.90'); }
    expect(sent(new Priced())).toEqual({ price: '9.90' });
  });
});

describe('everything else', () => {
  test.each([
    ['a date', new Date(0)],
    ['a URL', new URL('https://example.com/a')],
    ['a Decimal', new Decimal('1')],
    ['an instance with a constructor of its own', Object.assign(new Decimal('1'), { constructor: Decimal, list: [1, [new Date(0)]], bytes: Buffer.from('a') })],
    ['a buffer', Buffer.from('a')],
    ['bytes', new Uint8Array([1, 2])],
    ['a map', new Map([['a', 1]])],
    ['a list', [1, 'a', null, undefined, { a: [true] }]],
    ['data', { a: { b: [{ c: new Date(0), d: new URL('https://example.com/') }] } }],
    ['data with a toJSON', { a: 1, toJSON: () => 'b' }],
    ['text', 'text'],
    ['nothing', null],
  ])('is returned as it is: %s', (_name, value) => {
    expect(serialize(value)).toBe(value);
  });

  test('is left alone with the functions it holds', () => {
    class Job { cancelled = false; cancel = () => { this.cancelled = true; }; }
    const job = new Job();
    expect(serialize(job)).toBe(job);
    expect(job.cancelled).toBe(false);
  });

  test('is copied only along the way to a decorated instance', () => {
    const untouched = { a: [1] };
    const result = serialize({ untouched, user: new Sub() }) as { untouched: unknown };
    expect(result.untouched).toBe(untouched);
  });

  test('is refused when it is circular', () => {
    const circle: { self?: unknown; list: unknown[] } = { list: [] };
    circle.list.push(circle);
    expect(() => serialize(circle)).toThrow(TypeError);
    class Knot { @Exclude() a = 1; self: unknown = this; }
    expect(() => serialize(new Knot())).toThrow(/circular/);
  });
});

test('an instance without decorators is not looked at again and not copied', () => {
  class Point { x = 1; y = 2; }
  const points = [new Point(), new Point()];
  expect(serialize(points)).toBe(points);
});
