import { FunctionPool } from '../../../../src/cli/dev/functions/function-pool.js';
import type { LiveFunctionObserver, LiveProject } from '../../../../src/cli/dev/functions/live-function.js';
import type { FunctionConsumer, FunctionDescription } from '../../../../src/cli/dev/runtime/process-messages.js';
import { events } from '../../../../src/testing/events.js';

const descriptions = new Map<string, Partial<FunctionDescription>>();
const closed: string[] = [];

jest.mock('../../../../src/cli/dev/functions/live-function.js', () => ({
  LiveFunction: class {
    description: object | undefined;

    constructor(
      readonly name: string,
      readonly source: string,
    ) {}

    restart(): void {
      const known = descriptions.get(this.name);
      if (known) this.description = { routes: [], lazy: [], consumers: [], requestsVia: [], ...known };
    }

    async running(): Promise<void> {
      if (!this.description) throw new Error('It does not run.');
    }

    async close(): Promise<void> {
      closed.push(this.source);
    }
  },
}));

function poolOf(functions: Readonly<Record<string, Partial<FunctionDescription> | undefined>>): FunctionPool {
  for (const [name, description] of Object.entries(functions)) if (description) descriptions.set(name, description);
  const pool = new FunctionPool({} as LiveProject, {} as LiveFunctionObserver, undefined);
  pool.update(Object.fromEntries(Object.keys(functions).map((name) => [name, `src/${name}.ts`])));
  return pool;
}

const consumer = (criteria: FunctionConsumer['criteria'], source = 'sqs'): FunctionConsumer => ({
  source,
  criteria,
  via: undefined,
  handler: 'Jobs.take',
});

const routes = [{ method: 'GET' as const, path: '/', handler: 'A.a', module: 'AppModule', guarded: false }];

beforeEach(() => {
  descriptions.clear();
  closed.splice(0);
});

describe('requests go', () => {
  test('to the first with routes, else to the first', async () => {
    expect((await poolOf({ jobs: {}, api: { routes }, more: { routes } }).front()).name).toBe('api');
    expect((await poolOf({ jobs: {}, lazy: { lazy: ['/a'] } }).front()).name).toBe('lazy');
    descriptions.clear();
    expect((await poolOf({ one: {}, two: {} }).front()).name).toBe('one');
  });

  test('to the first as before when its source is another file', async () => {
    const pool = poolOf({ api: { routes }, admin: { routes } });
    const [, admin] = pool.all;
    pool.update({ api: 'src/renamed.ts', admin: 'src/admin.ts' });
    expect(pool.names).toEqual(['api', 'admin']);
    expect((await pool.front()).source).toBe('src/renamed.ts');
    expect(pool.get('admin')).toBe(admin);
    expect(closed).toEqual(['src/api.ts']);
  });

  test('to the one that comes first in a list that is put in another sequence', async () => {
    const pool = poolOf({ api: { routes }, admin: { routes } });
    const before = pool.all;
    pool.update({ admin: 'src/admin.ts', api: 'src/api.ts' });
    expect((await pool.front()).name).toBe('admin');
    expect(pool.all).toEqual(before.toReversed());
    expect(closed).toEqual([]);
  });

  test('to one that has never run, which tells what is wrong, rather than to the next', async () => {
    expect((await poolOf({ api: undefined, admin: { routes } }).front()).name).toBe('api');
    expect((await poolOf({ first: { routes }, second: undefined }).front()).name).toBe('first');
  });
});

test.each([
  ['orders', 'exact'],
  ['returns', 'all'],
  ['returns-eu', 'pattern'],
  ['returns-us', 'exact'],
])(
  'the messages of the queue %s go to the consumer that names it, else to one with a pattern, else to one of all: %s',
  (queue, name) => {
    const pool = poolOf({
      api: { routes },
      all: { consumers: [consumer({})] },
      pattern: { consumers: [consumer({ queue: 'returns-*' })] },
      exact: { consumers: [consumer({ queue: 'orders' })], requestsVia: [{ source: 'sqs', name: 'returns-us' }] },
    });
    expect(pool.consumerOf(queue)!.name).toBe(name);
  },
);

test('the messages of a queue go to nobody without a consumer', () => {
  const pool = poolOf({ jobs: { consumers: [consumer({ queue: 'returns-*' })] }, api: { routes } });
  expect(pool.consumerOf('orders')).toBeUndefined();
});

function takers(event: unknown): string[] {
  const pool = poolOf({
    api: { routes, consumers: [{ source: 'event', criteria: {}, via: undefined, handler: 'A.any' }] },
    jobs: { consumers: [consumer({ topic: 'news' }, 'sns'), consumer({ rule: 'nightly' }, 'schedule')] },
    mails: { consumers: [consumer({ topic: 'n*' }, 'sns'), { ...consumer({}, 's3'), via: { sns: 'uploads' } }] },
  });
  return pool.takersOf(event).map(({ name }) => name);
}

describe('an event goes', () => {
  test('to every function with a consumer for it', () => {
    expect(takers(events.sns('news', ['a']))).toEqual(['jobs', 'mails']);
    expect(takers(events.sns('notes', ['a']))).toEqual(['mails']);
    expect(takers(events.schedule({ rule: 'nightly' }))).toEqual(['jobs']);
    expect(takers(events.sns('uploads', ['a']))).toEqual(['mails']);
  });

  test.each([events.schedule({ rule: 'hourly' }), events.sns('other', ['a']), {}, null, 'text', { Records: [{}] }])(
    'to nobody if none has: %j',
    (event) => {
      expect(takers(event)).toEqual([]);
    },
  );
});
