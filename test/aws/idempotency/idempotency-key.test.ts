import { isDeepStrictEqual } from 'node:util';
import { search } from '@aws-lambda-powertools/jmespath';
import { PowertoolsFunctions } from '@aws-lambda-powertools/jmespath/functions';
import fc from 'fast-check';
import { keyExpression, keyParts } from '../../../src/aws/idempotency/idempotency-key.js';

const PARTS = 'a list or an object of parts';

test.each([
  'to_string([a, b])',
  'to_string(b || {a: a})',
  'to_string(headers.user)',
  '[to_string (headers.user), body.id]',
  'a || to_string(a)',
  "body.rows[0] | to_string('')",
  'to_array(headers.user)',
  '[to_array(headers.user), body.id]',
  'to_array({a: a, b: b})',
  'type(headers.user)',
])('%s makes something of a missing value', (expression) => {
  expect(keyParts(expression).hidden).toMatch(/^uses (to_string|to_array|type)\(\)$/);
});

test.each([
  ["join('-', [a, b])", 'join'],
  ["join('-', a.[b, c])", 'join'],
  ["join('-', (a || [b, c]))", 'join'],
  ['length({a: a, b: b})', 'length'],
  ['a && contains([a, b], c)', 'contains'],
  ['not_null(a, values({a: a, b: b}))', 'values'],
  ["['to_string([a, b])', join('[', [a])]", 'join'],
])('%s has parts in a function', (expression, name) => {
  expect(keyParts(expression).hidden).toBe(`has ${PARTS} in ${name}()`);
});

test.each([
  '[[a, b], c]',
  '{a: a, more: {b: b, c: c}}',
  'headers.[a, [b, c]]',
  '[a, (b || [b, c])]',
  '[not_null([a, b])]',
])('%s has parts in other parts', (expression) => {
  expect(keyParts(expression).hidden).toBe(`has ${PARTS} in another`);
});

test.each([
  '[a, b][]',
  '[a, b] [*]',
  '[a, b][?@]',
  '[a, b][1:]',
  '[a, b][0]',
  '{a: a, b: b}.*',
  '([a, b])[]',
  '[a, b] | [0]',
  '[a, b] | @',
  'a && [a, b] | @[]',
  'not_null(a, [a, b]) | length(@)',
  '[a, b] == c',
])('%s selects from parts', (expression) => {
  expect(keyParts(expression).hidden).toBe(`selects from ${PARTS}`);
});

test.each([
  '[a, b]',
  'a && [a, b]',
  'a.[b, c]',
  '(a.[b, c])',
  'a || {b: b, c: c.d}',
  'not_null(a, [b, c])',
  'merge({a: a}, {b: b})',
  '[\'a\', b.c[0], *.d, c[1:] | [0], "[e", `[[1]]`]',
  '[a, body.lines[*].[sku, quantity], body.lines[?quantity > `0`].{sku: sku}, map(&[a, b], body.lines)]',
  '[a, max_by(body.lines, &to_array(id))]',
  '[a, powertools_json(body).id, join(`"-"`, body.tags)]',
  "(body.rows[*].name).[a, b] || '[a][0]'",
  '[a, b] || c.d[0]',
])('%s finds every missing part', (expression) => {
  expect(keyParts(expression)).toEqual({ hidden: undefined, hyphen: false, selected: true });
});

test.each([
  'body',
  'body.id',
  'body.rows[?id > `0`] | [-1]',
  'body.rows[?contains(`["a"]`, id)].{id: id}',
  'body.rows[? [a, b] == c]',
  'body.rows[1:] | [0]',
  'headers."[x, {y"',
  "body.rows[?name == 'it\\'s [a'] | [0]",
  'body.*.[a, b]',
  'sort(body.lines)',
])('%s selects no parts', (expression) => {
  expect(keyParts(expression)).toEqual({ hidden: undefined, hyphen: false, selected: false });
});

/** Expressions over members, without conditions: those hold or not, whatever is missing. */
const { expression } = fc.letrec<{ expression: string; list: string; each: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 'c.d'),
    tie('list'),
    tie('each'),
    fc
      .tuple(tie('expression'), fc.constantFrom(' || ', ' && ', ' | '), tie('expression'))
      .map(([one, operator, other]) => `(${one}${operator}${other})`),
    fc
      .tuple(
        fc.constantFrom('to_string', 'to_array', 'type', 'not_null', 'values', 'keys', 'reverse', 'merge'),
        tie('expression'),
      )
      .map(([name, argument]) => `${name}(${argument})`),
    tie('expression').map((argument) => `join('-', ${argument})`),
    tie('expression').map((argument) => `map(&a, ${argument})`),
  ),
  list: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `[${one}, ${other}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `{a: ${one}, b: ${other}}`),
    tie('expression').map((part) => `c.[${part}, d]`),
  ),
  each: fc
    .tuple(tie('expression'), fc.constantFrom('[]', '[*]', '[0]', '[1:]', '[?a]', '.*', '.[a, b]'))
    .map(([one, selection]) => `${one}${selection}`),
}));

test('no accepted key is the same for all who lack its parts', () => {
  fc.assert(
    fc.property(expression, fc.constantFrom({}, { c: {} }, { a: '' }), (key, data) => {
      const { hidden } = keyParts(key);
      fc.pre(hidden === undefined);
      expect(keyOf(key, data)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

/** Where an expression goes on without a member: it says so, or takes what is there of a list. */
const OPTIONAL = /\|\||&&|not_null|map|\?a/;

test('an accepted key is missing without any member that it depends on', () => {
  const missing = fc.constantFrom(undefined, null, '');
  fc.assert(
    fc.property(expression, fc.constantFrom('a', 'b', 'd'), missing, (key, member, nothing) => {
      fc.pre(keyParts(key).hidden === undefined && !OPTIONAL.test(key));
      const keyWith = (value: unknown) => {
        const { d, ...others } = { a: 'A', b: 'B', d: 'D', [member]: value };
        return keyOf(key, JSON.parse(JSON.stringify({ ...others, c: { d } })) as object);
      };
      fc.pre(!isDeepStrictEqual(keyWith('x'), keyWith('y')));
      expect(keyWith(nothing)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

/** Returns the list that holds the key; an empty one where a function refuses its argument. */
function keyOf(key: string, data: object): unknown {
  try {
    return search(keyExpression(key), data as never, { customFunctions: new PowertoolsFunctions() });
  } catch {
    return [];
  }
}
