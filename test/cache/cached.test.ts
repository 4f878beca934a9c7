import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { Cached, type CachedOptions } from '../../src/cache/cached.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Param, Signal } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { PlainRecord } from '../../src/shared/plain-record.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { type Gate, gate } from '../gate.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';

/** A cached method that does what it is given, and the calls of it. */
function cached<A extends unknown[], R>(run: (...args: A) => Promise<R> | R, options: object = {}) {
  const calls: A[] = [];
  class Users {
    async find(...args: A): Promise<R> {
      calls.push(args);
      return run(...args);
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Users.prototype, 'find')!;
  Cached({ ttl: 60, ...options } as CachedOptions)(Users.prototype, 'find', descriptor as never);
  Object.defineProperty(Users.prototype, 'find', descriptor);
  const users = new Users();
  return { calls, users, Users, find: (...args: A) => users.find(...args) };
}

const echo = async (...args: unknown[]) => ({ args: args.length });

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('a cached method', () => {
  test('runs once for equal arguments', async () => {
    const { find, calls } = cached(echo);
    const values = [await find('a', { b: [1, null] }), await find('a', { b: [1, null] })];
    expect(values[0]).toBe(values[1]);
    expect(calls).toHaveLength(1);
  });

  test.each([
    [['a'], ['b']],
    [[1], ['1']],
    [[null], []],
    [
      [undefined, 1],
      [null, 1],
    ],
    [[['a', 'b']], [['a,b']]],
    [['a', 'b'], [['a', 'b']]],
    [['a","b'], ['a', 'b']],
    [[{ a: 1 }], [{ a: '1' }]],
    [['x'.repeat(500) + 'a'], ['x'.repeat(500) + 'b']],
  ])('runs for other arguments: %j, %j', async (one, other) => {
    const { find, calls } = cached(echo);
    await find(...one);
    await find(...other);
    expect(calls).toHaveLength(2);
  });

  test('runs with the arguments of its key, although the caller changes them while it waits', async () => {
    const { find } = cached(async ({ id }: { id: number }) => `user ${id}`);
    const query = { id: 0 };
    const ask = (id: number) => find(Object.assign(query, { id }));
    expect(await Promise.all([1, 2].map(ask))).toEqual(['user 1', 'user 2']);
    expect(await Promise.all([3, 1, 2].map(ask))).toEqual(['user 3', 'user 1', 'user 2']);
  });

  test('takes an argument that is not given and undefined for the same', async () => {
    const { find, calls } = cached(echo);
    await find('a');
    await find('a', undefined);
    expect(calls).toHaveLength(1);
  });

  test.each([undefined, null, 0, '', false])('keeps %p like any other value', async (value) => {
    const { find, calls } = cached(async () => value);
    expect([await find(), await find()]).toEqual([value, value]);
    expect(calls).toHaveLength(1);
  });

  test('keeps a value for its time', async () => {
    jest.useFakeTimers({ now: 1000, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { find, calls } = cached(echo, { ttl: 2 });
    await find('a');
    jest.setSystemTime(3000);
    await find('a');
    expect(calls).toHaveLength(1);
    jest.setSystemTime(3001);
    await find('a');
    expect(calls).toHaveLength(2);
  });

  test.each([16.1, 2.01, 0.0005, 1 / 3])('may be kept for %d seconds', async (ttl) => {
    const { find, calls } = cached(echo, { ttl });
    await find('a');
    expect(calls).toHaveLength(1);
  });

  test('keeps as many values as it may, and drops those that were not used', async () => {
    const { find, calls } = cached(echo, { max: 2 });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await find(key);
    expect(calls).toEqual([['a'], ['b'], ['c'], ['b']]);
  });

  test('keeps no failure', async () => {
    let times = 0;
    const { find } = cached(async () => {
      times += 1;
      if (times === 1) throw new RangeError('not now');
      return times;
    });
    await expect(find()).rejects.toThrow('not now');
    expect([await find(), await find()]).toEqual([2, 2]);
  });

  test('has values of its own in each instance', async () => {
    const { Users, calls } = cached(echo);
    await new Users().find('a');
    await new Users().find('a');
    expect(calls).toHaveLength(2);
  });

  test('keeps its name and its instance', async () => {
    class Named {
      readonly name = 'Ada';
      @Cached({ ttl: 1 }) async find() {
        return this.name;
      }
    }
    expect(Named.prototype.find.name).toBe('find');
    expect(await new Named().find()).toBe('Ada');
  });
});

describe('calls at the same time', () => {
  test('with one key share one run, and get what it returns', async () => {
    const door = gate<string>();
    const { find, calls } = cached(() => door.passed);
    const found = [find(), find(), find()];
    await until('the run', () => calls.length > 0);
    door.open('one');
    expect(await Promise.all(found)).toEqual(['one', 'one', 'one']);
    expect(calls).toHaveLength(1);
  });

  test('share its failure, and the next call runs again', async () => {
    const doors = [gate<string>(), gate<string>()];
    let runs = 0;
    const { find, calls } = cached(() => doors[runs++]!.passed);
    const found = [find(), find()];
    await until('the run', () => calls.length > 0);
    doors[0]!.fail(new RangeError('down'));
    expect((await Promise.allSettled(found)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    doors[1]!.open('up');
    expect([await find(), calls.length]).toEqual(['up', 2]);
  });

  test('with different keys run side by side', async () => {
    const doors: Record<string, Gate<string>> = { a: gate(), b: gate() };
    const { find, calls } = cached((key: string) => doors[key]!.passed);
    const found = [find('a'), find('b')];
    await until('both runs', () => calls.length === 2);
    doors['b']!.open('B');
    expect(await found[1]).toBe('B');
    doors['a']!.open('A');
    expect(await found[0]).toBe('A');
  });

  test('do not wait for a run that Lambda has frozen half-way, whose late value replaces none', async () => {
    let now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const doors = [gate<string>(), gate<string>()];
    let runs = 0;
    const { find, calls } = cached(() => doors[runs++]!.passed);
    const frozen = find();
    await until('the first run', () => calls.length === 1);
    now = 30_000;
    const next = find();
    await until('the second run', () => calls.length === 2);
    doors[1]!.open('new');
    expect(await next).toBe('new');
    doors[0]!.open('old');
    expect([await frozen, await find()]).toEqual(['old', 'new']);
  });
});

/** A cached method that takes a signal, and waits for a door. */
function waiting(options: object = {}) {
  const door = gate<string>();
  let seen: AbortSignal | undefined;
  const { find, calls } = cached((_key: string, more?: AbortSignal | { signal: AbortSignal }) => {
    seen = more instanceof AbortSignal ? more : more?.signal;
    return door.passed;
  }, options);
  return { door, find, calls, signalOfRun: () => seen };
}

describe('a caller that gives up', () => {
  const reason = new Error('given up');

  test.each([
    ['as an argument', (signal: AbortSignal) => signal, {}],
    ['in an argument', (signal: AbortSignal) => ({ signal }), {}],
    ['with a key of its own', (signal: AbortSignal) => ({ signal }), { by: (key: string) => key }],
  ])('fails alone, with its signal %s', async (_, given, options) => {
    const { door, find, calls, signalOfRun } = waiting(options);
    const first = new AbortController();
    const found = [find('a', given(first.signal)), find('a', given(new AbortController().signal))];
    await until('the run', () => calls.length > 0);
    first.abort(reason);
    await expect(found[0]).rejects.toBe(reason);
    expect(signalOfRun()?.aborted).toBe(false);
    door.open('value');
    expect([await found[1], calls.length]).toEqual(['value', 1]);
  });

  test('ends the run where nobody else waits, and the next call runs again', async () => {
    const { door, find, calls, signalOfRun } = waiting();
    const [one, other] = [new AbortController(), new AbortController()];
    const found = [find('a', one.signal), find('a', other.signal)];
    await until('the run', () => calls.length > 0);
    one.abort(reason);
    other.abort(reason);
    expect((await Promise.allSettled(found)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([signalOfRun()?.aborted, signalOfRun()?.reason]).toEqual([true, reason]);
    door.open('late');
    expect([await find('a', new AbortController().signal), calls.length]).toEqual(['late', 2]);
  });

  test('does not end the run for one without a signal', async () => {
    const { door, find, calls, signalOfRun } = waiting({ by: (key: string) => key });
    const controller = new AbortController();
    const found = [find('a', controller.signal), find('a')];
    await until('the run', () => calls.length > 0);
    controller.abort(reason);
    await expect(found[0]).rejects.toBe(reason);
    expect(signalOfRun()?.aborted).toBe(false);
    door.open('value');
    expect(await found[1]).toBe('value');
  });

  test('before it calls gets no value of a new run', async () => {
    const { find } = waiting();
    await expect(find('a', AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('is the one who calls with two signals, of which one fires', async () => {
    const { find, calls } = cached((_one: AbortSignal, _two: AbortSignal) => new Promise<string>(() => undefined));
    const controller = new AbortController();
    const found = find(new AbortController().signal, controller.signal);
    await until('the run', () => calls.length > 0);
    controller.abort(reason);
    await expect(found).rejects.toBe(reason);
  });
});

describe('the key', () => {
  class User {
    readonly id = 1;
  }

  test.each([
    [new User()],
    [new Map()],
    [() => 1],
    [new Date(0)],
    [Symbol('a')],
    [Number.NaN],
    [1n],
    [Buffer.from('a')],
  ])('is refused without `by` for %p', async (argument) => {
    const { find, calls } = cached(echo);
    for (const args of [[argument], [{ in: [argument] }]])
      await expect(find(...args)).rejects.toThrow('The arguments of @Cached on Users.find are refused: one is ');
    expect(calls).toEqual([]);
  });

  test('is what `by` returns', async () => {
    const { find, calls } = cached(async (user: User, note: string) => `${user.id} ${note}`, {
      by: (user: User) => ['user', user.id],
    });
    expect([await find(new User(), 'first'), await find(new User(), 'second')]).toEqual(['1 first', '1 first']);
    expect(calls).toHaveLength(1);
  });

  test.each([undefined, null, '', ['a', undefined], { tenant: '' }, Promise.resolve('a'), new Map()])(
    'is refused where `by` returns %p',
    async (key) => {
      const { find, calls } = cached(echo, { by: () => key });
      await expect(find('a')).rejects.toThrow('The key of @Cached on Users.find is');
      expect(calls).toEqual([]);
    },
  );

  test('is no member of anything: __proto__ and the like are keys like others', async () => {
    const { find, calls } = cached(echo);
    for (const key of ['__proto__', 'constructor', 'toString']) await find(key);
    expect(calls).toHaveLength(3);
    const record = Object.assign(new PlainRecord<string>(), { id: '1' });
    await find(record);
    await find({ id: '1' });
    expect(calls).toHaveLength(4);
  });
});

describe('a value', () => {
  class Account {
    tags = ['a'];
    owner = { name: 'Ada' };
  }

  test('is frozen at every depth, for the first caller, too', async () => {
    const map = new Map([['key', { inside: 1 }]]);
    const { find } = cached(async () => ({ account: new Account(), list: [{ a: 1 }], map, at: new Date(0) }));
    const value = await find();
    expect(() => value.account.tags.push('b')).toThrow(TypeError);
    expect(() => (value.account.owner.name = 'Bob')).toThrow(TypeError);
    expect(() => (value.list[0]!.a = 2)).toThrow(TypeError);
    expect(() => (value.map.get('key')!.inside = 2)).toThrow(TypeError);
    expect(await find()).toEqual({ account: new Account(), list: [{ a: 1 }], map, at: new Date(0) });
  });

  test('may have circles and bytes in it', async () => {
    const circle: Record<string, unknown> = { bytes: Buffer.from('a') };
    circle['self'] = circle;
    const { find } = cached(async () => circle);
    expect(await find()).toBe(circle);
  });

  class Client {
    readonly handlers = [() => 1];
  }

  test.each<[string, () => unknown]>([
    ['a function', () => () => 1],
    ['an object of the class Client', () => new Client().handlers],
    ['a stream', () => Readable.from(['a'])],
    ['a web stream', () => new ReadableStream()],
    ['a response', () => new Response('a')],
    ['a promise inside', () => [Promise.resolve(1)]],
    ['a generator', () => [1][Symbol.iterator]()],
  ])('is refused where callers can not share it, and left as it is: %s', async (_, make) => {
    const value = { inside: make() };
    const { find, calls } = cached(async () => value);
    await expect(find()).rejects.toThrow("callers can't share it. Return data.");
    expect(Object.isFrozen(value)).toBe(false);
    await expect(find()).rejects.toThrow(/@Cached on Users\.find returned an? /);
    expect(calls).toHaveLength(2);
  });
});

describe('in an application', () => {
  test('nothing of an event reaches the run: neither its log, nor what else is of its time', async () => {
    const stdout = captureStdout();
    const tenants = new AsyncLocalStorage<string>();
    const door = gate();
    let runs = 0;
    @Injectable()
    class Users {
      @Cached({ ttl: 60 }) async find(id: string) {
        runs += 1;
        getLogger().set({ secret: id });
        getLogger().info('found');
        await door.passed;
        return { id, tenant: tenants.getStore() ?? 'none', fields: { ...getLogger().fields } };
      }
    }
    @Controller('users')
    class UsersController {
      constructor(private readonly users: Users) {}
      @Get(':id') get(@Param('id') id: string) {
        return tenants.run('acme', () => this.users.find(id));
      }
    }
    const app = createApp({ controllers: [UsersController], providers: [Users] });
    const sent = [inject(app, { url: '/users/1' }), inject(app, { url: '/users/1' })];
    await until('the run', () => runs > 0);
    door.open();
    const bodies = (await Promise.all(sent)).map((response) => response.json<unknown>());
    expect(bodies).toEqual([
      { id: '1', tenant: 'none', fields: {} },
      { id: '1', tenant: 'none', fields: {} },
    ]);
    expect(runs).toBe(1);
    const lines = stdout.lines();
    expect(lines.filter(({ type }) => type === 'access')).toHaveLength(2);
    expect(lines.some((line) => 'secret' in line)).toBe(false);
    expect(lines.find(({ message }) => message === 'found')).not.toHaveProperty('id');
  });

  test('a request that is out of time fails alone', async () => {
    captureStdout();
    const door = gate<string>();
    let runs = 0;
    @Injectable()
    class Users {
      @Cached({ ttl: 60 }) async find(id: string, signal: AbortSignal) {
        runs += 1;
        return `${id} ${await Promise.race([door.passed, new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))])}`;
      }
    }
    @Controller('users')
    class UsersController {
      constructor(private readonly users: Users) {}
      @Get(':id') get(@Param('id') id: string, @Signal() signal: AbortSignal) {
        return this.users.find(id, signal);
      }
    }
    const app = createApp({ controllers: [UsersController], providers: [Users] });
    await app.ready();
    const short = inject(app, { url: '/users/1', remainingTime: 250 });
    await until('the run', () => runs > 0);
    const long = inject(app, { url: '/users/1', remainingTime: 60_000 });
    expect((await short).statusCode).toBe(504);
    door.open('found');
    const response = await long;
    expect([response.statusCode, response.json(), runs]).toEqual([200, '1 found', 1]);
  });

  test.each([
    ['a route', Get()],
    ['a consumer', OnSqs('jobs')],
  ])('%s is refused at the bootstrap: its key would not have the caller', async (_, decorate) => {
    for (const order of [
      [decorate, Cached({ ttl: 1 }) as MethodDecorator],
      [Cached({ ttl: 1 }) as MethodDecorator, decorate],
    ]) {
      @Controller()
      class Users {
        async find() {
          return [];
        }
      }
      const descriptor = Object.getOwnPropertyDescriptor(Users.prototype, 'find')!;
      for (const one of order) one(Users.prototype, 'find', descriptor as never);
      Object.defineProperty(Users.prototype, 'find', descriptor);
      await expect(createApp({ controllers: [Users] }).ready()).rejects.toThrow(
        'Users.find is @Cached, but events are dispatched to it',
      );
    }
  });

  test('a wrong option is refused where the decorator stands', () => {
    expect(() => Cached({} as never)).toThrow('@Cached needs the option ttl');
    expect(() => Cached({ ttl: 0 })).toThrow('ttl is 0; it takes seconds above 0');
    expect(() => Cached({ ttl: 1, key: 'a' } as never)).toThrow('Unknown in the options of @Cached: key');
  });
});
