import 'reflect-metadata';
import { IsInt, IsString } from 'class-validator';
import { ParseArrayPipe, type ParseArrayPipeOptions } from '../../../src/validation/pipes/parse-array-pipe.js';
import { broken, outcome, refusal } from '../refusal.js';

class Line {
  @IsString() sku!: string;
  @IsInt() count!: number;
}

const query = { type: 'query', data: 'ids', metatype: Array } as const;
const body = { type: 'body', data: undefined, metatype: Array } as const;
const reader = (options?: ParseArrayPipeOptions, metadata: typeof query | typeof body = query) => {
  const pipe = new ParseArrayPipe(options);
  return (value: unknown) => pipe.transform(value, metadata);
};

test.each<[ParseArrayPipeOptions | undefined, unknown, unknown[]]>([
  [undefined, 'a,b', ['a', 'b']],
  [undefined, ['a', 'b'], ['a', 'b']],
  [undefined, 'a', ['a']],
  [{ separator: '|' }, 'a|b,c', ['a', 'b,c']],
  [{ items: Number }, '1,2.5', [1, 2.5]],
  [{ items: Boolean }, ['true', '0'], [true, false]],
  [{ items: BigInt }, '1', [1n]],
  [{ items: Date }, '2024-05-06', [new Date('2024-05-06')]],
])('%j reads %j', async (options, value, expected) => {
  expect(await outcome(reader(options), value)).toEqual(expected);
});

test('items of a DTO class are built and checked', async () => {
  const read = reader({ items: Line }, body);
  const [line] = (await read([{ sku: 'a', count: 1 }])) as Line[];
  expect(line).toBeInstanceOf(Line);
  expect(await broken(read, [{ sku: 'a', count: 1 }, { sku: 7, count: '1' }, null])).toEqual([
    'body.1.sku isString',
    'body.1.count isInt',
    'body.2 isObject',
  ]);
});

test('items of a DTO class may be told to have no other members', async () => {
  const read = reader({ items: Line, whitelist: true }, body);
  expect(await outcome(read, [{ sku: 'a', count: 1, extra: 1 }])).toEqual([{ sku: 'a', count: 1 }]);
});

test('every item that does not convert is told by its index', async () => {
  expect(await refusal(reader({ items: Number }), '1,x,')).toEqual([
    { loc: ['query', 'ids', 1], msg: 'ids must be a number', type: 'isNumber' },
    { loc: ['query', 'ids', 2], msg: 'ids must be a number', type: 'isNumber' },
  ]);
});

test('a list is read up to its first thousand mistakes', async () => {
  let read = 0;
  const list = Array.from({ length: 5000 }, (_, index) =>
    Object.defineProperty({ sku: 'a' }, 'count', { enumerable: true, get: () => (read++, index < 10 ? 1 : 'x') }),
  );
  expect(await broken(reader({ items: Line }, body), list)).toHaveLength(1000);
  expect(read).toBeLessThan(1100);
});

test.each([undefined, null, 7, { 0: 'a', length: 1 }])('%p is no array', async (value) => {
  expect(await refusal(reader(), value)).toEqual([
    { loc: ['query', 'ids'], msg: 'ids must be an array', type: 'isArray' },
  ]);
});

test('options are those of the other pipes', async () => {
  expect(await outcome(reader({ optional: true }), undefined)).toBeUndefined();
  expect(await outcome(reader({ errorHttpStatusCode: 400 }), 7)).toMatchObject({ statusCode: 400 });
  expect(await outcome(reader({ items: Number, exceptionFactory: (message) => new RangeError(message) }), 'x')).toEqual(
    new RangeError('ids must be a number'),
  );
});
