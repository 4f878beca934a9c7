import { Ajv2020 } from 'ajv/dist/2020.js';
import { IsString } from 'class-validator';
import { ApiBody, ApiExtraModels, getSchemaPath } from '../../../src/decorators/api-nestjs.js';
import { ApiResponse } from '../../../src/decorators/api.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../../src/decorators/routes.js';
import type { ResponseObject } from '../../../src/openapi/openapi-document.js';
import type { JsonSchema } from '../../../src/shared/json-schema.js';
import { documentOf, validatorOf } from '../documented.js';

const name = { type: 'string', minLength: 1 };

/** Schemas that refer to parts of themselves, in each way that JSON Schema has. All describe a tree of names. */
const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  'its root': { type: 'object', properties: { name, inner: { $ref: '#' } }, required: ['name'] },
  'a definition': {
    $defs: { node: { type: 'object', properties: { name, inner: { $ref: '#/$defs/node' } }, required: ['name'] } },
    $ref: '#/$defs/node',
  },
  'definitions of hostile names': {
    $defs: {
      'a/b ~c': { type: 'object', properties: { name: { $ref: '#/$defs/%C3%BC' }, inner: { $ref: '#' } } },
      ü: name,
      'a b': { required: ['name'] },
      ab: {},
    },
    allOf: [{ $ref: '#/$defs/a~1b%20~0c' }, { $ref: '#/$defs/a%20b' }, { $ref: '#/$defs/ab' }],
  },
  'a property': {
    type: 'object',
    properties: { name, inner: { properties: { name: { $ref: '#/properties/name' }, inner: { $ref: '#' } } } },
    required: ['name'],
    allOf: [{ properties: { inner: { required: ['name'] } } }],
  },
  'a part of a definition': {
    $defs: { node: { properties: { name } } },
    type: 'object',
    properties: { name: { $ref: '#/$defs/node/properties/name' }, inner: { $ref: '#' } },
    required: ['name'],
  },
  'its address': {
    $id: 'https://example.com/tree',
    type: 'object',
    properties: { name, inner: { $ref: 'https://example.com/tree' } },
    required: ['name'],
  },
  'a relative address': {
    $id: 'https://example.com/trees/tree',
    $defs: { name: { ...name, $id: '../names/name' } },
    type: 'object',
    properties: { name: { $ref: '../names/name' }, inner: { $ref: 'tree' } },
    required: ['name'],
  },
  'a document inside': {
    $defs: {
      tree: {
        $id: 'https://example.com/tree',
        $defs: { name },
        type: 'object',
        properties: { name: { $ref: '#/$defs/name' }, inner: { $ref: '#' } },
        required: ['name'],
      },
    },
    $ref: 'https://example.com/tree',
  },
  'an anchor': {
    $defs: { name: { ...name, $anchor: 'name' } },
    type: 'object',
    properties: { name: { $ref: '#name' }, inner: { $ref: '#' } },
    required: ['name'],
  },
  'an urn': {
    $id: 'urn:example:tree',
    type: 'object',
    properties: { name, inner: { $ref: 'urn:example:tree' } },
    required: ['name'],
  },
  'a property that is called like a keyword': {
    type: 'object',
    properties: { name, inner: { $ref: '#' }, $ref: { $ref: '#/properties/name' }, $id: name, enum: { $ref: '#' } },
    required: ['name'],
    examples: [{ name: 'x', inner: { $ref: '#' } }],
  },
};

const VALUES = [
  { name: 'a' },
  { name: '' },
  {},
  5,
  { name: 'a', inner: { name: 'b' } },
  { name: 'a', inner: { name: '' } },
  { name: 'a', inner: {} },
  { name: 'a', inner: { name: 'b', inner: { name: 'c' } } },
  { name: 'a', inner: { name: 'b', inner: {} } },
];

function standard(schema: JsonSchema) {
  const jsonSchema = { input: () => schema, output: () => schema };
  return {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }), jsonSchema },
  } as const;
}

test.each(Object.keys(SCHEMAS))('a schema that refers to %s means the same inside a document', (title) => {
  const schema = SCHEMAS[title]!;
  @Controller()
  class Trees {
    @Post('one') one(@Body(standard(schema)) _tree: unknown) {}
    // A second time, because names and addresses are unique in a document.
    @Post('two') two(@Body(standard(schema)) _tree: unknown) {}
    @ApiBody({ schema }) @Post('three') three(@Body() _tree: unknown) {}
    @ApiResponse({ status: 200, schema }) @Post('four') four() {}
  }
  const document = documentOf([Trees]);
  const alone = new Ajv2020({ strict: false }).compile(schema);
  const problems = validatorOf(document);
  for (const { post } of Object.values(document.paths)) {
    const { content } = post!.requestBody ?? (post!.responses['200'] as ResponseObject);
    const described = content!['application/json']!.schema!;
    const taken = VALUES.filter((value) => problems(described, value) === '');
    expect(taken).toEqual(VALUES.filter((value) => alone(value)));
    expect(taken).toHaveLength(3);
  }
});

test('a schema written by hand refers to the named schemas, and into them', () => {
  class Leaf {
    @IsString() name!: string;
  }
  class Fruit {
    @IsString() name!: string;
  }
  const schema = {
    $defs: { pair: { type: 'array', items: { $ref: getSchemaPath(Leaf) }, maxItems: 2 } },
    properties: { leaves: { $ref: '#/$defs/pair' }, name: { $ref: `${getSchemaPath(Fruit)}/properties/name` } },
  };
  @Controller()
  class Trees {
    @ApiExtraModels(Leaf, Fruit) @ApiResponse({ status: 200, schema }) @Get() get() {}
  }
  const document = documentOf([Trees]);
  expect(document.components.schemas).toMatchObject({
    Schema: {
      properties: {
        leaves: { $ref: '#/components/schemas/Schema.pair' },
        name: { $ref: '#/components/schemas/Fruit/properties/name' },
      },
    },
    'Schema.pair': { items: { $ref: '#/components/schemas/Leaf' } },
  });
});

test('a schema that refers to itself has one name, however many routes use it', () => {
  const schema = { properties: { name, inner: { $ref: '#' } } };
  @Controller()
  class Trees {
    @Post() post(@Body(standard(schema)) _tree: unknown) {}
    @Post('other') other(@Body(standard({ ...schema })) _tree: unknown) {}
    @Post('second') second(@Body(standard({ ...schema, title: 'Second' })) _tree: unknown) {}
  }
  const { schemas } = documentOf([Trees]).components;
  expect(Object.keys(schemas).filter((key) => !/Error|Detail/.test(key))).toEqual(['Schema', 'Second']);
});

test.each([
  ['the schema', { $id: 'https://example.com/trees/tree' }, {}],
  ['a part of it', {}, { $id: 'https://example.com/trees/leaf' }],
])('a reference to the API document is no reference from the $id of %s', (_where, whole, part) => {
  class Leaf {
    @IsString() color!: string;
  }
  const leaf = { $ref: getSchemaPath(Leaf) };
  const schema = { ...whole, properties: { leaf: { ...part, allOf: [leaf, { $ref: 'https://example.com/a' }] } } };
  @Controller()
  class Trees {
    @ApiExtraModels(Leaf) @ApiResponse({ status: 200, schema }) @Get() get() {}
  }
  const { content } = documentOf([Trees]).paths['/']!.get!.responses['200'] as ResponseObject;
  expect(content!['application/json']!.schema).toEqual({
    properties: { leaf: { allOf: [leaf, { $ref: 'https://example.com/a' }] } },
  });
});

test('a reference to another document starts from the address that it had', () => {
  const schema = {
    $id: 'https://example.com/trees/tree',
    properties: { name: { $ref: 'name' }, inner: { $ref: '#' } },
  };
  @Controller()
  class Trees {
    @Post() post(@Body(standard(schema)) _tree: unknown) {}
  }
  expect(documentOf([Trees]).components.schemas['Schema']).toMatchObject({
    properties: { name: { $ref: 'https://example.com/trees/name' } },
  });
});

test('references to other documents stay as they are', () => {
  const schema = { properties: { name: { $ref: 'https://example.com/name.json#/$defs/name' }, inner: { $ref: '#' } } };
  @Controller()
  class Trees {
    @Post() post(@Body(standard(schema)) _tree: unknown) {}
  }
  expect(documentOf([Trees]).components.schemas['Schema']).toEqual({
    properties: { name: schema.properties.name, inner: { $ref: '#/components/schemas/Schema' } },
  });
});
