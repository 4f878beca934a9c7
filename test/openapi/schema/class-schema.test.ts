import { execFileSync } from 'node:child_process';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Exclude, Expose, Type } from 'class-transformer';
import * as rules from 'class-validator';
import * as valibot from 'valibot';
import { z } from 'zod';
import { ApiExclude, ApiProperty, ApiResponse } from '../../../src/decorators/api.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import type { OpenApiDocument } from '../../../src/openapi/openapi-document.js';
import type { JsonSchema } from '../../../src/shared/json-schema.js';
import type { Constructor } from '../../../src/shared/types.js';
import { OmitType, PartialType, PickType } from '../../../src/validation/mapped-types.js';
import { documentOf, validatorOf } from '../documented.js';

/** arktype comes as ES modules only, which Jest loads from Node 24.9 on: Node itself asks it here. */
const arktype = {
  '~standard': {
    version: 1,
    vendor: 'arktype',
    validate: () => ({ issues: [{ message: 'missing' }] }),
    jsonSchema: {
      input: (options: object): unknown => {
        const script = `import { type } from 'arktype';
          const schema = type({ name: 'string <= 5', 'age?': 'number.integer >= 0' });
          console.log(JSON.stringify(schema['~standard'].jsonSchema.input(${JSON.stringify(options)})));`;
        return JSON.parse(
          execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
        );
      },
    },
  },
};

/** A document in which a class, or a schema, is sent and another one is answered. */
function documentBetween(input: unknown, output: unknown = input): OpenApiDocument {
  class Echo {
    post(body: unknown) {
      return body;
    }
  }
  Reflect.defineMetadata('design:paramtypes', [Object], Echo.prototype, 'post');
  Body(input as Constructor)(Echo.prototype, 'post', 0);
  ApiResponse({ status: 200, type: output as Constructor })(Echo.prototype, 'post', {});
  Post()(Echo.prototype, 'post', {});
  Controller('echo')(Echo);
  return documentOf([Echo]);
}

function inputOf(type: unknown): JsonSchema {
  const document = documentBetween(type, String);
  const schema = document.paths['/echo']!.post!.requestBody!.content['application/json']!.schema!;
  return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)!]!;
}

function outputOf(type: unknown): JsonSchema {
  const { paths, components } = documentBetween(z.string(), type);
  const { content } = paths['/echo']!.post!.responses['200'] as { content: Record<string, { schema: JsonSchema }> };
  return components.schemas[content['application/json']!.schema.$ref!.split('/').at(-1)!]!;
}

/** The schemas of properties that have these rules each, which are declared in this order. */
function schemasOf(properties: readonly (readonly PropertyDecorator[])[]): JsonSchema[] {
  class Dto {}
  for (const [index, decorators] of properties.entries()) {
    Reflect.defineMetadata('design:type', Object, Dto.prototype, `p${index}`);
    for (const decorate of decorators) decorate(Dto.prototype, `p${index}`);
  }
  const schemas = inputOf(Dto).properties!;
  return properties.map((_decorators, index) => schemas[`p${index}`]!);
}

/** Returns which of the values a schema accepts. */
function takenBy(candidates: readonly unknown[]): (schema: JsonSchema) => unknown[] {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const known = new Map<string, unknown[]>();
  return (schema) => {
    const text = JSON.stringify(schema);
    const before = known.get(text);
    if (before) return before;
    const isTaken = ajv.compile(schema);
    const taken = candidates.filter((value) => isTaken(value));
    known.set(text, taken);
    return taken;
  };
}

describe('rules of class-validator', () => {
  enum Size {
    S = 's',
    L = 'l',
  }
  enum Level {
    LOW,
    HIGH,
  }
  const values = [
    undefined,
    null,
    true,
    false,
    0,
    1,
    -1,
    3.5,
    9,
    10,
    15,
    100,
    NaN,
    '',
    'a',
    'ab',
    'abc',
    'abcdef',
    's',
    'l',
    'ABC',
    '1',
    '12',
    '3.5',
    'true',
    'ada@example.com',
    'example.com',
    'https://example.com/a?b=c',
    'http://localhost',
    '10.0.0.1',
    '::1',
    '2026-03-02',
    '2026-03-02T09:30:00Z',
    '01890a5d-ac96-774b-bcce-b302099a8057',
    '5e9f8f8f8f8f8f8f8f8f8f8f',
    '#fff',
    'ff00',
    '0x1F',
    '23:59',
    '{"a":1}',
    'YQ==',
    'a+b',
    'a.b',
    [],
    ['a'],
    ['a', 'a'],
    ['a', 'b', 'c'],
    [1],
    {},
    { a: 1 },
    new Date(0).toISOString(),
    'de',
    'DE',
    'MTIz',
  ];
  const cases: [string, PropertyDecorator, JsonSchema | undefined][] = [
    ['IsString', rules.IsString(), { type: 'string' }],
    ['IsNumber', rules.IsNumber(), { type: 'number' }],
    ['IsInt', rules.IsInt(), { type: 'integer' }],
    ['IsBoolean', rules.IsBoolean(), { type: 'boolean' }],
    ['IsObject', rules.IsObject(), { type: 'object' }],
    ['IsNotEmptyObject', rules.IsNotEmptyObject(), { type: 'object', minProperties: 1 }],
    ['IsArray', rules.IsArray(), { type: 'array' }],
    ['IsEnum of strings', rules.IsEnum(Size), { type: 'string', enum: ['s', 'l'] }],
    ['IsEnum of numbers', rules.IsEnum(Level), { type: 'integer', enum: [0, 1] }],
    ['IsIn', rules.IsIn(['a', 1]), { enum: ['a', 1] }],
    ['IsNotIn', rules.IsNotIn(['a']), { not: { enum: ['a'] } }],
    ['Equals', rules.Equals('a'), { const: 'a' }],
    ['NotEquals', rules.NotEquals('a'), { not: { const: 'a' } }],
    ['Min', rules.Min(3), { minimum: 3 }],
    ['Max', rules.Max(3), { maximum: 3 }],
    ['IsPositive', rules.IsPositive(), { type: 'number', exclusiveMinimum: 0 }],
    ['IsNegative', rules.IsNegative(), { type: 'number', exclusiveMaximum: 0 }],
    ['IsDivisibleBy', rules.IsDivisibleBy(5), undefined],
    ['Length', rules.Length(2, 3), { type: 'string', minLength: 2, maxLength: 3 }],
    ['Length without an end', rules.Length(2), { type: 'string', minLength: 2 }],
    ['MinLength', rules.MinLength(2), { type: 'string', minLength: 2 }],
    ['MaxLength', rules.MaxLength(2), { type: 'string', maxLength: 2 }],
    ['Matches', rules.Matches(/^[a-c]+$/), { type: 'string', pattern: '^[a-c]+$' }],
    ['Matches, in any case', rules.Matches(/^[a-c]+$/i), { type: 'string' }],
    ['Contains', rules.Contains('+'), { type: 'string', pattern: '\\+' }],
    ['IsEmail', rules.IsEmail(), { type: 'string', format: 'email' }],
    ['IsUUID', rules.IsUUID(), { type: 'string', format: 'uuid' }],
    ['IsUrl', rules.IsUrl(), { type: 'string' }],
    ['IsUrl with a protocol', rules.IsUrl({ require_protocol: true }), { type: 'string', format: 'uri' }],
    ['IsFQDN', rules.IsFQDN(), { type: 'string', format: 'hostname' }],
    ['IsIP', rules.IsIP(), { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }],
    ['IsIP of a version', rules.IsIP(6), { type: 'string', format: 'ipv6' }],
    ['IsISO8601', rules.IsISO8601(), { type: 'string' }],
    ['IsDateString', rules.IsDateString(), { type: 'string' }],
    ['IsRFC3339', rules.IsRFC3339(), { type: 'string', format: 'date-time' }],
    ['IsMilitaryTime', rules.IsMilitaryTime(), undefined],
    ['IsMongoId', rules.IsMongoId(), undefined],
    ['IsHexadecimal', rules.IsHexadecimal(), undefined],
    ['IsHexColor', rules.IsHexColor(), undefined],
    ['IsNumberString', rules.IsNumberString(), { type: 'string' }],
    ['IsBooleanString', rules.IsBooleanString(), undefined],
    ['IsJSON', rules.IsJSON(), undefined],
    ['IsBase64', rules.IsBase64(), undefined],
    ['IsLatitude', rules.IsLatitude(), undefined],
    ['IsLongitude', rules.IsLongitude(), undefined],
    ['IsISO31661Alpha2', rules.IsISO31661Alpha2(), { type: 'string' }],
    ['IsAlphanumeric', rules.IsAlphanumeric(), { type: 'string' }],
    ['IsNotEmpty', rules.IsNotEmpty(), { minLength: 1 }],
    ['IsDefined', rules.IsDefined(), {}],
    ['ArrayMinSize', rules.ArrayMinSize(2), { minItems: 2 }],
    ['ArrayMaxSize', rules.ArrayMaxSize(2), { maxItems: 2 }],
    ['ArrayNotEmpty', rules.ArrayNotEmpty(), { minItems: 1 }],
    ['ArrayUnique', rules.ArrayUnique(), { uniqueItems: true }],
    ['a rule of the program', rules.ValidateBy({ name: 'odd', validator: { validate: (value) => value === 1 } }), {}],
  ];

  test.each(cases)('%s: what it takes, its schema takes', (_name, rule, expected) => {
    class Dto {
      declare value: unknown;
    }
    Reflect.defineMetadata('design:type', Object, Dto.prototype, 'value');
    rule(Dto.prototype, 'value');
    const document = documentBetween(Dto, String);
    const schema = inputOf(Dto);
    if (expected) expect(schema.properties).toEqual({ value: expected });
    const problems = validatorOf(document);
    const taken = values.filter((value) => rules.validateSync(Object.assign(new Dto(), { value })).length === 0);
    expect(taken.length).toBeGreaterThan(0);
    const json = taken.filter((value) => value !== undefined && !Number.isNaN(value));
    expect(json.map((value) => [value, problems(schema, { value })])).toEqual(json.map((value) => [value, '']));
  });

  test('of two rules both hold, whatever their order', () => {
    const overlapping = [
      rules.IsIn(['a', 'ab', 3.5]),
      rules.IsNotIn(['ab', 'b']),
      rules.NotEquals('b'),
      rules.Equals(1),
      rules.Matches(/b$/),
      rules.IsDivisibleBy(3),
      rules.Length(3, 6),
      rules.Min(9),
    ];
    const single = [...cases.map(([, rule]) => rule), ...overlapping];
    const pairs = single.flatMap((one, index) => single.slice(index).map((other) => [one, other] as const));
    const taken = takenBy(values.filter((value) => value !== undefined && !Number.isNaN(value)));
    const ofOne = new Map(schemasOf(single.map((rule) => [rule])).map((schema, index) => [single[index], schema]));
    const both = pairs.map(([one, other]) => taken({ allOf: [ofOne.get(one)!, ofOne.get(other)!] }));
    expect(schemasOf(pairs).map(taken)).toEqual(both);
    expect(schemasOf(pairs.map(([one, other]) => [other, one])).map(taken)).toEqual(both);
  });

  test('of several rules each has its keyword', () => {
    expect(
      schemasOf([
        [rules.IsInt(), rules.IsPositive()],
        [rules.IsNumber(), rules.IsInt()],
        [rules.IsNotIn(['a']), rules.NotEquals('b'), rules.IsNotIn(['a'])],
        [rules.Matches(/a/), rules.Matches(/b/), rules.Contains('c'), rules.Matches(/b/)],
        [rules.IsIn(['s', 'm', 'l']), rules.IsEnum(Size)],
        [rules.IsIn(['s']), rules.IsIn(['l'])],
        [rules.IsDivisibleBy(2), rules.IsDivisibleBy(3)],
      ]),
    ).toEqual([
      { type: 'integer', exclusiveMinimum: 0 },
      { type: 'integer' },
      { not: { enum: ['a'] }, allOf: [{ not: { const: 'b' } }] },
      { type: 'string', pattern: 'a', allOf: [{ pattern: 'b' }, { pattern: 'c' }] },
      { type: 'string', enum: ['s', 'l'] },
      { type: 'string', enum: ['s'], allOf: [{ enum: ['l'] }] },
      { multipleOf: 2, allOf: [{ multipleOf: 3 }] },
    ]);
  });

  test('that exclude no JSON value add no keyword', () => {
    expect(schemasOf([[rules.NotEquals(undefined)], [rules.IsNotIn([])], [rules.IsNotIn([undefined, 'a'])]])).toEqual([
      {},
      {},
      { not: { enum: ['a'] } },
    ]);
  });

  test('that list undefined do not list null', () => {
    expect(schemasOf([[rules.IsIn(['a', undefined])]])).toEqual([{ type: 'string', enum: ['a'] }]);
  });

  test('win over the declared type, which may be the narrower one of two numbers', () => {
    class Dto {
      @rules.IsNumberString() count!: number;
      @rules.IsNumber() level!: bigint;
      @rules.IsDateString() day!: string;
    }
    expect(inputOf(Dto).properties).toEqual({
      count: { type: 'string' },
      level: { type: 'integer' },
      day: { type: 'string' },
    });
  });
});

test('null is taken beside a fixed value, and beside rules that need several keywords', () => {
  class Dto {
    @ApiProperty({ nullable: true }) @rules.IsOptional() @rules.IsString() @rules.Equals('a') fixed!: string | null;
    @ApiProperty({ nullable: true }) @rules.IsOptional() @rules.IsIn(['a', 'b']) @rules.IsIn(['c']) none!:
      | string
      | null;
  }
  const document = documentBetween(Dto, String);
  const problems = validatorOf(document);
  expect(problems(inputOf(Dto), { fixed: null, none: null })).toBe('');
  expect(problems(inputOf(Dto), { fixed: 'b' })).not.toBe('');
});

test('rules for each item are for the items', () => {
  class Tagged {
    @rules.ArrayMaxSize(2) @rules.MaxLength(5, { each: true }) tags!: string[];
  }
  expect(inputOf(Tagged).properties).toEqual({
    tags: { type: 'array', items: { type: 'string', maxLength: 5 }, maxItems: 2 },
  });
});

test('of several rules the narrower limits and every pattern hold', () => {
  class Code {
    @rules.IsNotEmpty()
    @rules.Length(2, 9)
    @rules.MaxLength(5)
    @rules.Matches(/^A/)
    @rules.Matches(/Z$/)
    @rules.Contains('-')
    code!: string;
    @rules.ArrayNotEmpty() @rules.ArrayMinSize(3) list!: string[];
  }
  const { code, list } = inputOf(Code).properties!;
  expect(code).toMatchObject({ minLength: 2, maxLength: 5 });
  expect([code!.pattern, ...code!.allOf!.map(({ pattern }) => pattern)].toSorted()).toEqual(['-', 'Z$', '^A']);
  expect(list).toMatchObject({ minItems: 3 });
});

describe('classes', () => {
  test('have what is inherited, nested, listed and optional', () => {
    class Address {
      @rules.IsString() city!: string;
    }
    class Base {
      @rules.IsInt() id!: number;
    }
    class Person extends Base {
      @rules.ValidateNested() @Type(() => Address) home!: Address;
      @rules.IsOptional()
      @rules.ValidateNested({ each: true })
      @rules.ArrayMaxSize(3)
      @Type(() => Address)
      others?: Address[];
      @rules.ValidateIf(() => true) @rules.IsDate() @Type(() => Date) born!: Date;
      @rules.IsBoolean() active = true;
      @rules.Allow() anything: unknown;
    }
    expect(inputOf(Person)).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        home: { $ref: '#/components/schemas/Address' },
        others: { type: 'array', items: { $ref: '#/components/schemas/Address' }, maxItems: 3 },
        born: { type: 'string', format: 'date-time' },
        active: { type: 'boolean', default: true },
        anything: {},
      },
      required: expect.arrayContaining(['id', 'home']) as string[],
    });
    expect(inputOf(Person).required).toHaveLength(2);
  });

  test('may refer to themselves', () => {
    class Folder {
      @rules.ValidateNested({ each: true }) @Type(() => Folder) folders!: Folder[];
    }
    expect(inputOf(Folder).properties).toEqual({
      folders: { type: 'array', items: { $ref: '#/components/schemas/Folder' } },
    });
  });

  test('of one name have names of their own', () => {
    const [First, Second] = [
      class Item {
        declare a: string;
      },
      class Item {
        declare b: string;
      },
    ];
    Reflect.defineMetadata('design:type', String, First.prototype, 'a');
    Reflect.defineMetadata('design:type', String, Second.prototype, 'b');
    for (const [type, name] of [
      [First, 'a'],
      [Second, 'b'],
    ] as const) {
      Reflect.defineMetadata('design:type', String, type.prototype, name);
      rules.IsString()(type.prototype, name);
    }
    const { schemas } = documentBetween(First, Second).components;
    expect([schemas['Item']?.properties, schemas['Item2']?.properties]).toEqual([
      { a: { type: 'string' } },
      { b: { type: 'string' } },
    ]);
  });

  test('have the members that class-transformer reads or writes, by the names it gives them', () => {
    class User {
      @rules.IsString() @Expose({ name: 'user_name' }) name!: string;
      @rules.IsString() @Exclude({ toPlainOnly: true }) password!: string;
      @ApiProperty() @Exclude() hash!: string;
      @ApiProperty() @Expose() get initials(): string {
        return this.name;
      }
    }
    expect(Object.keys(inputOf(User).properties!).toSorted()).toEqual(['initials', 'password', 'user_name']);
    expect(Object.keys(outputOf(User).properties!).toSorted()).toEqual(['initials', 'user_name']);
  });

  test('have what is exposed for groups where input is read for them, and names of any direction in results', () => {
    class User {
      @rules.IsOptional() @rules.IsString() @Expose({ groups: ['admin'] }) notes?: string;
      @rules.IsOptional() @rules.IsString() @Expose({ name: 'sent', toClassOnly: true }) read?: string;
      @rules.IsOptional() @rules.IsString() @Expose({ name: 'told', toPlainOnly: true }) written?: string;
    }
    expect(Object.keys(inputOf(User).properties!)).toEqual(['sent', 'written']);
    expect(Object.keys(outputOf(User).properties!)).toEqual(['sent', 'told']);
    class Users {
      post(_user: User) {}
    }
    Reflect.defineMetadata('design:paramtypes', [User], Users.prototype, 'post');
    Post()(Users.prototype, 'post', Object.getOwnPropertyDescriptor(Users.prototype, 'post')!);
    Controller()(Users);
    const { schemas } = documentOf([Users], {}, { validation: { transformOptions: { groups: ['admin'] } } }).components;
    expect(Object.keys(schemas['User']!.properties!)).toEqual(['notes', 'sent', 'written']);
  });

  test('have big integers as text in results', () => {
    class Account {
      @rules.IsDefined() balance!: bigint;
    }
    expect(inputOf(Account).properties).toEqual({ balance: { type: 'integer' } });
    expect(outputOf(Account).properties).toEqual({ balance: { type: 'string', pattern: '^-?\\d+$' } });
  });

  test('that leave everything out have what is exposed', () => {
    @Exclude()
    class Secretive {
      @ApiProperty() inside!: string;
      @ApiProperty() @Expose() told!: string;
    }
    expect(Object.keys(outputOf(Secretive).properties!)).toEqual(['told']);
  });

  test('have two schemas only where what is sent differs from what is answered, and so has what holds them', () => {
    class Same {
      @rules.IsString() text!: string;
    }
    class Inner {
      @rules.IsInt() count = 1;
    }
    class Outer {
      @rules.ValidateNested() @Type(() => Inner) inner!: Inner;
      @rules.ValidateNested() @Type(() => Same) same!: Same;
    }
    const { schemas } = documentBetween(Outer).components;
    expect(
      Object.keys(schemas)
        .filter((name) => !/Error|Detail/.test(name))
        .toSorted(),
    ).toEqual(['Inner', 'InnerOutput', 'Outer', 'OuterOutput', 'Same']);
    expect(schemas['OuterOutput']?.properties).toEqual({
      inner: { $ref: '#/components/schemas/InnerOutput' },
      same: { $ref: '#/components/schemas/Same' },
    });
    expect([schemas['Inner']?.required, schemas['InnerOutput']?.required]).toEqual([undefined, ['count']]);
  });

  test('of a discriminator are told by their member', () => {
    class Cat {
      @rules.IsString() purr!: string;
    }
    class Dog {
      @rules.IsString() bark!: string;
    }
    class Pet {}
    class Owner {
      @rules.ValidateNested()
      @Type(() => Pet, {
        discriminator: {
          property: 'kind',
          subTypes: [
            { name: 'cat', value: Cat },
            { name: 'dog', value: Dog },
          ],
        },
      })
      pet!: Cat | Dog;
    }
    const document = documentBetween(Owner, String);
    const problems = validatorOf(document);
    const owner = { $ref: '#/components/schemas/Owner' };
    expect(document.components.schemas['Owner']!.properties!['pet']).toMatchObject({
      discriminator: {
        propertyName: 'kind',
        mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
      },
    });
    expect(problems(owner, { pet: { kind: 'dog', bark: 'wuff' } })).toBe('');
    expect(problems(owner, { pet: { kind: 'cat', bark: 'wuff' } })).toContain('must match exactly one schema in oneOf');
  });

  test('of a discriminator have its value where they declare the member themselves', () => {
    class Cat {
      @rules.IsString() kind!: string;
    }
    class Dog {
      @rules.IsString() kind!: string;
    }
    class Pet {}
    class Owner {
      @rules.ValidateNested()
      @Type(() => Pet, {
        keepDiscriminatorProperty: true,
        discriminator: {
          property: 'kind',
          subTypes: [
            { name: 'cat', value: Cat },
            { name: 'dog', value: Dog },
          ],
        },
      })
      pet!: Cat | Dog;
    }
    const document = documentBetween(Owner, String);
    const owner = { $ref: '#/components/schemas/Owner' };
    expect(validatorOf(document)(owner, { pet: { kind: 'dog' } })).toBe('');
    expect(document.components.schemas['Cat']!.properties).toEqual({ kind: { type: 'string', const: 'cat' } });
  });

  test('whose constructor throws, or needs something, have no defaults', () => {
    class Picky {
      @rules.IsInt() count: number = 1;
      constructor(given?: { ready: boolean }) {
        if (!given!.ready) this.count = 2;
      }
    }
    expect(inputOf(Picky)).toMatchObject({ properties: { count: { type: 'integer' } }, required: ['count'] });
  });

  test('have the rules of the groups that apply', () => {
    class Draft {
      @rules.IsString({ groups: ['publish'] }) title!: string;
      @rules.MaxLength(5, { always: true }) text!: string;
    }
    class Drafts {
      @Post() post(_draft: Draft) {}
    }
    Reflect.defineMetadata('design:paramtypes', [Draft], Drafts.prototype, 'post');
    Controller()(Drafts);
    const { schemas } = documentOf([Drafts], {}, { validation: { groups: ['other'] } }).components;
    expect(schemas['Draft']).toMatchObject({ required: ['text'] });
  });
});

describe('mapped types', () => {
  class Customer {
    @rules.IsUUID() @ApiProperty({ required: true }) id!: string;
    @rules.IsEmail() email!: string;
    greet(): string {
      return this.email;
    }
  }
  const id = { type: 'string', format: 'uuid' };
  const email = { type: 'string', format: 'email' };

  it.each<[string, Constructor, JsonSchema]>([
    [
      'PartialType',
      class UpdateCustomer extends PartialType(Customer) {},
      { type: 'object', properties: { id, email } },
    ],
    [
      'PickType',
      class CustomerKey extends PickType(Customer, ['id']) {},
      { type: 'object', properties: { id }, required: ['id'] },
    ],
    [
      'OmitType',
      class CreateCustomer extends OmitType(Customer, ['id']) {},
      { type: 'object', properties: { email }, required: ['email'] },
    ],
  ])('%s is described as if it were written out', (_name, type, schema) => {
    expect(inputOf(type)).toEqual(schema);
  });
});

describe('@ApiProperty', () => {
  test('wins over what is declared', () => {
    class Row {
      @ApiProperty({ type: 'integer', minimum: 1, description: 'Cents.', example: 5, deprecated: true })
      @rules.IsNumber()
      price!: number;
      @ApiProperty({ type: [String], required: false }) tags!: readonly string[];
      @ApiProperty({ type: () => Row }) parent!: unknown;
      @ApiProperty({ enum: { A: 'a', B: 'b' }, nullable: true }) kind!: string;
      @ApiProperty({ nullable: true }) note!: string;
      @ApiProperty({ type: () => [Row], nullable: true }) rows!: unknown;
      @ApiExclude() @ApiProperty() internal!: string;
    }
    expect(outputOf(Row)).toEqual({
      type: 'object',
      properties: {
        price: { type: 'integer', minimum: 1, description: 'Cents.', deprecated: true, examples: [5] },
        tags: { type: 'array', items: { type: 'string' } },
        parent: { $ref: '#/components/schemas/Row' },
        kind: { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] },
        note: { type: ['string', 'null'] },
        rows: { type: ['array', 'null'], items: { $ref: '#/components/schemas/Row' } },
      },
      required: ['price', 'parent', 'kind', 'note', 'rows'],
    });
  });
});

describe('Standard Schemas', () => {
  test.each([
    [
      'zod',
      z.object({ name: z.string().max(5), age: z.number().int().nonnegative().optional() }),
      { name: { type: 'string', maxLength: 5 } },
    ],
    ['arktype', arktype, { name: { type: 'string', maxLength: 5 } }],
  ])('of %s say themselves what they are', (_vendor, schema, properties) => {
    const described = inputOf(schema);
    expect(described).toMatchObject({ type: 'object', properties, required: ['name'] });
    expect(described).not.toHaveProperty('$schema');
  });

  test('of valibot are refused with what to do', () => {
    expect(() => inputOf(valibot.object({ name: valibot.string() }))).toThrow(
      'toStandardJsonSchema() of @valibot/to-json-schema',
    );
  });

  test('that JSON Schema has no word for are refused', () => {
    expect(() => inputOf(z.object({ at: z.date() }))).toThrow(
      /^A schema of zod cannot be expressed in JSON Schema: .*Date/,
    );
  });

  test('that refer to themselves have a name', () => {
    const Folder = z.object({
      name: z.string(),
      get folders() {
        return z.array(Folder);
      },
    });
    const document = documentBetween(Folder, String);
    const problems = validatorOf(document);
    const { schema } = document.paths['/echo']!.post!.requestBody!.content['application/json']!;
    expect(problems(schema!, { name: 'a', folders: [{ name: 'b', folders: [] }] })).toBe('');
    expect(problems(schema!, { name: 'a', folders: [{ name: 1, folders: [] }] })).toContain('must be string');
  });
});

test.each([
  [{ skipMissingProperties: true }, ['code']],
  [{ skipUndefinedProperties: true }, ['code']],
  [{ skipNullProperties: true }, ['text', 'code']],
])('%j leaves what no rule checks optional', (validation, required) => {
  class Note {
    @rules.IsString() text!: string;
    @rules.IsDefined() @rules.IsInt() code!: number;
  }
  @Controller()
  class Notes {
    @Post() post(@Body() _note: Note) {}
  }
  expect(documentOf([Notes], {}, { validation }).components.schemas['Note']?.required).toEqual(required);
});

test('a property is optional whose rules refuse no missing value', () => {
  class Note {
    @rules.IsEmpty() honey!: unknown;
    @rules.IsNotIn(['a']) notIn!: unknown;
    @rules.NotEquals('a') not!: unknown;
    @rules.NotEquals(undefined) defined!: unknown;
    @rules.IsNotIn(['a', undefined]) notMissing!: unknown;
    @rules.IsNotIn(['a'], { each: true }) list!: unknown[];
    @rules.IsNotIn(['a']) @rules.IsString() text!: string;
  }
  expect(inputOf(Note).required).toEqual(['defined', 'notMissing', 'list', 'text']);
});
