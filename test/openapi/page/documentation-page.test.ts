import fc from 'fast-check';
import type { OpenApiDocument, PathItem, SecurityRequirement } from '../../../src/openapi/openapi-document.js';
import { documentationPage } from '../../../src/openapi/page/documentation-page.js';
import { exampleValue } from '../../../src/openapi/page/example-value.js';
import { typeView } from '../../../src/openapi/page/type-view.js';
import type { JsonSchema } from '../../../src/shared/json-schema.js';
import { info, validatorOf } from '../documented.js';

const places = { page: '/docs', document: '/openapi.json' };
const components = { schemas: {}, responses: {} };

function pageOf(document: Partial<OpenApiDocument>): string {
  return documentationPage(
    { openapi: '3.1.1', info, servers: [{ url: '/' }], security: [], paths: {}, components, ...document },
    places,
  );
}

function withOperation(description: string, schema: JsonSchema): Partial<OpenApiDocument> {
  const parameters = [{ name: description, in: 'query' as const, description, schema }];
  const post = {
    operationId: 'x',
    summary: description,
    description,
    tags: [description],
    parameters,
    responses: { 200: { description } },
  };
  return { info: { ...info, title: description }, paths: { [`/${description}`]: { post } } };
}

/** The names of a page's elements. */
function elements(page: string): Set<string> {
  return new Set(page.match(/<\/?[a-z]+/g));
}

test('nothing that the document says becomes markup', () => {
  const own = elements(pageOf(withOperation('plain text', { default: '', enum: ['a'], pattern: 'a' })));
  fc.assert(
    fc.property(fc.stringMatching(/^[<>"'&a-z=/ ]{1,20}$/), (text) => {
      const page = pageOf(withOperation(`a${text}`, { default: text, enum: [text], pattern: text }));
      expect(elements(page)).toEqual(own);
      expect(page).not.toMatch(/ value="[^"]*"[a-z]/);
    }),
  );
  expect(
    elements(
      pageOf(withOperation('</script><img src=x onerror="alert(1)">', { default: '', enum: ['a'], pattern: 'a' })),
    ),
  ).toEqual(own);
});

test('without the script, descriptions are there as they are written', () => {
  expect(pageOf({ info: { ...info, description: 'Send `x-key`.\n\nThen <wait>.' } })).toContain(
    'data-markdown>Send `x-key`.\n\nThen &lt;wait&gt;.</div>',
  );
});

function operation(id: string, tags: string[]): PathItem {
  return { get: { operationId: id, summary: id, tags, responses: {} } };
}

test('each operation is there once, under its first tag, in the order of the tags', () => {
  const page = pageOf({
    tags: [{ name: 'B' }, { name: 'A' }],
    paths: { '/a': operation('one', ['A', 'B']), '/b': operation('two', ['B']) },
  });
  expect(page.match(/id="(one|two)"/g)).toEqual(['id="two"', 'id="one"']);
});

test('an operation without tags is there', () => {
  const page = pageOf({ paths: { '/a': operation('one', []), '/b': operation('two', ['B']) } });
  expect(page.match(/id="(one|two|tag\/\w+)"/g)).toEqual(['id="tag/Other"', 'id="one"', 'id="tag/B"', 'id="two"']);
});

test('prefixes whose routes are not known are told', () => {
  expect(pageOf({ 'x-lazy-prefixes': ['/reports', '/admin'] })).toContain('<code>/reports</code>, <code>/admin</code>');
});

test.each<[string, JsonSchema]>([
  [
    'an object',
    {
      type: 'object',
      properties: { id: { type: 'string', format: 'uuid' }, mail: { type: 'string', format: 'email' } },
      required: ['id', 'mail'],
    },
  ],
  ['numbers', { type: 'array', minItems: 2, items: { type: 'integer', exclusiveMinimum: 4 } }],
  ['a choice', { oneOf: [{ type: 'string', minLength: 9 }, { type: 'null' }] }],
  [
    'all of several',
    {
      allOf: [
        { properties: { a: { const: 1 } }, required: ['a'] },
        { properties: { b: { enum: ['x'] } }, required: ['b'] },
      ],
    },
  ],
  ['one that says it', { type: 'string', pattern: '^[A-Z]{3}$', examples: ['ABC'] }],
])('an example that is made of %s is one', (_name, schema) => {
  const document = { components } as unknown as OpenApiDocument;
  expect(validatorOf(document)(schema, exampleValue(schema, {}))).toBe('');
});

test('an example of what holds itself ends', () => {
  const schemas = {
    Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } }, required: ['next'] },
  };
  expect(exampleValue({ $ref: '#/components/schemas/Node' }, schemas)).toEqual({ next: null });
});

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** A model whose members are all required. */
const model = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

test('an example shows a model in itself as null, its list as empty, and an alternative that ends', () => {
  const schemas = {
    Order: model({ id: { type: 'integer' }, buyer: ref('Customer') }),
    Customer: model({ last: ref('Order'), all: { type: 'array', items: ref('Order') }, home: ref('Address') }),
    Address: model({ street: { type: 'string' }, owner: { anyOf: [ref('Customer'), { type: 'string' }] } }),
  };
  expect(exampleValue(ref('Order'), schemas)).toEqual({
    id: 0,
    buyer: { last: null, all: [], home: { street: 'text', owner: 'text' } },
  });
});

test.each<[string, (index: number) => number]>([
  ['in a circle', (index) => (index + 1) % 9],
  ['in a row', (index) => index + 1],
])('an example of models that refer to each other several times %s is small', (_name, next) => {
  const members = ['a', 'b', 'c', 'd', 'e'];
  const schemas = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      `M${index}`,
      model(Object.fromEntries(members.map((name) => [name, ref(`M${next(index)}`)]))),
    ]),
  );
  expect(JSON.stringify(exampleValue(ref('M0'), schemas)).length).toBeLessThan(10_000);
});

test('an example has no more items than a page can show', () => {
  const schema = { type: 'array', items: { type: 'integer' }, minItems: 1_000_000 };
  expect((exampleValue(schema, {}) as unknown[]).length).toBeLessThan(501);
});

test.each<[string, JsonSchema, unknown]>([
  ['text with two patterns', { type: 'string', pattern: 'e', allOf: [{ pattern: 't' }] }, 'text'],
  ['text in parts', { allOf: [{ type: 'string' }, { type: 'string', minLength: 6 }] }, 'text'],
  [
    'an object with members of its own beside its parts',
    { ...model({ a: { const: 1 } }), allOf: [model({ b: { const: 2 } })] },
    { a: 1, b: 2 },
  ],
])('an example is made of %s', (_name, schema, expected) => {
  expect(exampleValue(schema, {})).toEqual(expected);
});

test('whether a model has members is found by looking into each model once', () => {
  let reads = 0;
  const lists = [1, 2, 3, 4].map(() => ({ type: 'array', items: ref('Json') }));
  const schemas = {
    get Json(): JsonSchema {
      reads++;
      return { anyOf: [...lists, { type: 'string' }] };
    },
  };
  pageOf({ components: { ...components, schemas } });
  expect(reads).toBeLessThan(100);
});

/** The text of a rendered type, such as `integer · 1 to 100`. */
function wordsOf(schema: JsonSchema): string {
  return typeView(schema)
    .text.replace(/<[^>]+>/g, '')
    .replace(/&quot;/g, '"');
}

const cat = { $ref: '#/components/schemas/Cat' };
const dog = { $ref: '#/components/schemas/Dog' };

test.each<[JsonSchema, string]>([
  [{ type: 'integer', minimum: 1, maximum: 100, default: 20 }, 'integer 1 to 100 default 20'],
  [{ type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 }, 'number more than 0 a multiple of 0.5'],
  [{ type: 'string', minLength: 3, maxLength: 3 }, 'string exactly 3 characters'],
  [{ type: 'string', minLength: 0, maxLength: 9 }, 'string at most 9 characters'],
  [{ type: ['string', 'null'], format: 'date' }, 'string or null (date)'],
  [{ type: 'string', enum: ['a', 'b'] }, 'string one of "a", "b"'],
  [{ const: 'cat' }, '"cat"'],
  [{ type: 'array', items: cat, minItems: 1, uniqueItems: true }, 'array of Cat at least 1 items no item twice'],
  [{ type: 'array', items: { type: 'string', maxLength: 5 } }, 'array of string each at most 5 characters'],
  [{ oneOf: [cat, { type: 'null' }] }, 'Cat or null'],
  [{ anyOf: [cat, dog, { type: 'string' }] }, 'Cat, Dog or string'],
  [{ allOf: [cat, dog] }, 'Cat and Dog'],
  [{ type: 'object', additionalProperties: { type: 'integer' } }, 'map of integer'],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'object no other properties'],
  [{ type: 'array', items: { type: 'string', contentMediaType: 'image/png' } }, 'array of file'],
  [{ type: 'string', readOnly: true }, 'string read-only'],
  [{ type: 'string', pattern: 'a', allOf: [{ pattern: 'b' }] }, 'string matches a matches b'],
  [{ type: 'string', not: { enum: ['a', 'b'] }, allOf: [{ not: { const: 'c' } }] }, 'string not "a" or "b" not "c"'],
  [{}, 'any'],
])('the type %j is told as %j', (schema, expected) => {
  expect(wordsOf(schema)).toBe(expected);
});

test.each<[string, string]>([
  ['https://example.com/terms', '<a href="https://example.com/terms"'],
  ['javascript:alert(1)', 'Terms of service'],
  ['JAVASCRIPT:alert(1)', 'Terms of service'],
  ['data:text/html,x', 'Terms of service'],
])('an address of the terms such as %s', (termsOfService, expected) => {
  const page = pageOf({ info: { ...info, termsOfService } });
  expect(page).toContain(expected);
  expect(page).not.toMatch(/href="(?:javascript|data:text)/i);
});

/** The words of an operation's authorization. */
function requirementOf(security: SecurityRequirement[]): string {
  const get = { ...operation('one', ['A']).get!, security };
  const [, text = ''] = /<h4>Authorization<\/h4><p>(.*?)<\/p>/.exec(pageOf({ paths: { '/a': { get } } })) ?? [];
  return text.replace(/<[^>]+>/g, '');
}

test('an operation says in words what it requires', () => {
  expect(requirementOf([{ key: [] }, { oauth: ['read', 'write'], tenant: [] }])).toBe(
    'key, or oauth (read, write) and tenant',
  );
  expect(requirementOf([{ key: [] }, {}])).toBe('key, or none');
  expect(requirementOf([])).toBe('');
});

test('the page has a section of models where there are some, with an anchor each', () => {
  expect(pageOf({})).not.toContain('Models');
  const page = pageOf({ components: { ...components, schemas: { Cat: { type: 'object' } } } });
  expect(page).toContain('id="model/Cat"');
  expect(page).toContain('<a href="#model/Cat">Cat</a>');
});

test.each<[string, JsonSchema]>([
  ['itself', cat],
  ['parts of itself', { allOf: [cat] }],
  ['a list of itself', { type: 'array', items: cat }],
])('a model that is %s has nothing to unfold', (_name, Cat) => {
  expect(pageOf({ components: { ...components, schemas: { Cat } } })).not.toContain('data-model=');
});
