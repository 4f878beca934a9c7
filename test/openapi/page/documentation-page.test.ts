import fc from 'fast-check';
import type { OpenApiDocument, PathItem } from '../../../src/openapi/openapi-document.js';
import { documentationPage } from '../../../src/openapi/page/documentation-page.js';
import { exampleValue } from '../../../src/openapi/page/schema-view.js';
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

test('descriptions have paragraphs and code', () => {
  expect(pageOf({ info: { ...info, description: 'Send `x-key`.\n\nThen <wait>.' } })).toContain(
    '<p>Send <code>x-key</code>.</p><p>Then &lt;wait&gt;.</p>',
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

test('prefixes whose routes are not known are told', () => {
  expect(pageOf({ 'x-lazy-prefixes': ['reports', '/admin'] })).toContain('<code>/reports</code>, <code>/admin</code>');
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
  expect(JSON.stringify(exampleValue({ $ref: '#/components/schemas/Node' }, schemas))).toMatch(
    /^(\{"next":){9}null\}{9}$/,
  );
});
