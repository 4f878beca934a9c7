import { execFileSync } from 'node:child_process';
import * as v from 'valibot';
import { z } from 'zod';
import type { StandardResult, StandardSchema } from '../../src/contracts/standard-schema.js';
import { schemaReader } from '../../src/validation/schema-reader.js';
import { outcome, refusal } from './refusal.js';

it('looks at the first thousand issues of a schema, whatever their number', async () => {
  let looked = 0;
  const issue = Object.defineProperty({ message: 'wrong' }, 'path', { get: () => (looked++, ['a']) });
  const schema: StandardSchema = {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: () => ({ issues: Array.from({ length: 50_000 }, () => issue as never) }),
    },
  };
  expect(await refusal(schemaReader(schema, 'body'), {})).toHaveLength(1000);
  expect(looked).toBe(1000);
});

const order = { id: 'a', lines: [{ quantity: 1 }] };
const wrong = { id: 7, lines: [{ quantity: 1 }, { quantity: 'x' }] };

/** arktype comes as ES modules only, which Jest loads from Node 24.9 on: Node itself runs it here. */
const arktype: StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'arktype',
    validate: (value) =>
      JSON.parse(
        execFileSync(process.execPath, ['--input-type=module', '-e', ARKTYPE, '--', JSON.stringify({ value })], {
          encoding: 'utf8',
        }),
      ) as StandardResult<unknown>,
  },
};
const ARKTYPE = `
  import { type } from 'arktype';
  const schema = type({ id: 'string', lines: type({ quantity: 'number' }).array() });
  const { value, issues } = schema['~standard'].validate(JSON.parse(process.argv.at(-1)).value);
  console.log(JSON.stringify({ value, issues: issues?.map(({ message, path, code }) => ({ message, path: [...path], code })) }));
`;

describe.each<[string, StandardSchema, string[]]>([
  [
    'zod',
    z.object({ id: z.string(), lines: z.array(z.object({ quantity: z.number() })) }),
    ['invalid_type', 'invalid_type'],
  ],
  ['valibot', v.object({ id: v.string(), lines: v.array(v.object({ quantity: v.number() })) }), ['string', 'number']],
  ['arktype', arktype, ['domain', 'domain']],
])('%s', (_vendor, schema, types) => {
  test('gives its value at once', () => {
    expect(schemaReader(schema, 'body')(order)).toEqual(order);
  });

  test('tells every issue with its place and its rule', async () => {
    const details = await refusal(schemaReader(schema, 'body'), wrong);
    expect(details.map(({ loc, type: rule }) => ({ loc, rule }))).toEqual([
      { loc: ['body', 'id'], rule: types[0] },
      { loc: ['body', 'lines', 1, 'quantity'], rule: types[1] },
    ]);
    expect(details.every(({ msg }) => msg.length > 5)).toBe(true);
  });

  test('starts the place with the key of a single value', async () => {
    expect((await refusal(schemaReader(schema, 'query', 'filter'), 'x'))[0]?.loc).toEqual(['query', 'filter']);
  });

  test('refuses a missing value, and one that is nested too deep', async () => {
    expect((await refusal(schemaReader(schema, 'body'), undefined))[0]?.loc).toEqual(['body']);
    const deep = JSON.parse('['.repeat(65) + ']'.repeat(65)) as unknown;
    expect(await outcome(schemaReader(schema, 'body'), deep)).toMatchObject({ statusCode: 400 });
  });
});

test('the schema’s output is the argument', () => {
  expect(schemaReader(z.coerce.number().default(5), 'query', 'limit')(undefined)).toBe(5);
  expect(schemaReader(z.coerce.number().default(5), 'query', 'limit')('7')).toBe(7);
});

test('an asynchronous schema is awaited', async () => {
  const free = schemaReader(
    z.string().refine(async (name) => name !== 'ada', 'taken'),
    'body',
    'name',
  );
  await expect(free('bob')).resolves.toBe('bob');
  expect(await refusal(free, 'ada')).toEqual([{ loc: ['body', 'name'], msg: 'taken', type: 'custom' }]);
});

test('an issue without a rule has the vendor’s name', async () => {
  const schema = {
    '~standard': {
      version: 1,
      vendor: 'acme',
      validate: () => ({ issues: [{ message: 'no', path: [{ key: 'a' }, Symbol('s'), 0] }] }),
    },
  } as const;
  expect(await refusal(schemaReader(schema, 'body'), {})).toEqual([
    { loc: ['body', 'a', 'Symbol(s)', 0], msg: 'no', type: 'acme' },
  ]);
});
