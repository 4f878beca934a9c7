import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsByteLength,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  validate,
} from 'class-validator';
import fc from 'fast-check';
import { HttpException } from '../../src/errors/http-exception.js';
import { ValidationException } from '../../src/errors/validation-exception.js';
import { libraryReader } from '../../src/validation/dto/library-reader.js';
import { broken, outcome, refusal } from './refusal.js';

class Address {
  @IsString() street!: string;
}

class Item {
  @IsString() @MinLength(1) name!: string;
  @IsInt() @Min(1) count!: number;
}

class Kind {
  @IsIn(['small', 'large']) kind!: string;
}

class Large extends Kind {
  @IsInt() size!: number;
}

class Pet {
  @IsOptional() @IsString() name?: string;
}
class Cat extends Pet {
  @IsString() purr!: string;
}
class Dog extends Pet {
  @IsString() bark!: string;
}

class Target {
  @IsEmail() email!: string;
  @ValidateNested() @Type(() => Address) address!: Address;
  @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
  @IsOptional() @IsString({ each: true }) tags?: string[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) open?: Item[] | string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) named?: Map<string, Item>;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) several?: Set<Item>;
  @IsOptional()
  @ValidateNested()
  @Type(() => Kind, {
    keepDiscriminatorProperty: true,
    discriminator: { property: 'kind', subTypes: [{ name: 'large', value: Large }] },
  })
  kind?: Kind;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Kind, {
    keepDiscriminatorProperty: true,
    discriminator: { property: 'kind', subTypes: [{ name: 'large', value: Large }] },
  })
  kinds?: Kind[];
  @IsOptional() @ValidateNested() @Type(() => Address) nullable?: Address | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => Pet, {
    discriminator: {
      property: 'pet',
      subTypes: [
        { name: 'cat', value: Cat },
        { name: 'dog', value: Dog },
      ],
    },
  })
  union?: Cat | Dog;
}

const read = libraryReader(Target, { location: 'body' });
const item = { name: 'a', count: 1 };
const valid = { email: 'ada@example.com', address: { street: 'Main' }, items: [item] };

/** As a body is parsed, so that `__proto__` is a member of its own. */
const body = (json: string): unknown => JSON.parse(json);
const withMembers = (members: object) => body(JSON.stringify({ ...valid, ...members }));

describe('a value of another shape than the declared one', () => {
  test.each<[object, string[]]>([
    [{ address: [] }, ['body.address isObject']],
    [{ address: [{ street: 'Main' }] }, ['body.address isObject']],
    [{ address: [[]] }, ['body.address isObject']],
    [{ address: 'Main' }, ['body.address nestedValidation']],
    [{ address: 7 }, ['body.address nestedValidation']],
    [{ items: {} }, ['body.items isArray']],
    [{ items: item }, ['body.items isArray']],
    [{ items: { 0: item } }, ['body.items isArray']],
    [{ items: { length: 0 } }, ['body.items isArray']],
    [{ items: { 0: item, length: 1 } }, ['body.items isArray']],
    [{ items: null }, ['body.items isArray']],
    [{ items: [[{ ...item, name: 7 }]] }, ['body.items.0.0.name isString']],
    [{ items: [[['a']]] }, ['body.items.0.0.0 nestedValidation']],
    [{ items: ['a'] }, ['body.items.0 nestedValidation']],
    [{ tags: 'one' }, ['body.tags isArray']],
    [{ tags: { 0: 'one' } }, ['body.tags isString', 'body.tags isArray']],
    [{ open: {} }, ['body.open.name isString']],
    [{ nullable: [] }, ['body.nullable isObject']],
    [{ nullable: [{ street: 'Main' }] }, ['body.nullable isObject']],
    [{ union: [] }, ['body.union isObject']],
    [{ named: [] }, ['body.named isObject']],
    [{ named: [item] }, ['body.named isObject']],
    [{ named: { a: [{ name: 7, count: 1 }] } }, ['body.named.a.0.name isString']],
    [{ several: {} }, ['body.several isArray']],
    [{ several: { size: 0 } }, ['body.several isArray']],
    [{ several: [['a']] }, ['body.several.0.0 nestedValidation']],
    [{ kind: [] }, ['body.kind isObject']],
    [{ kinds: { kind: 'large' } }, ['body.kinds isArray']],
    [{ kinds: [[{ kind: 'large' }]] }, ['body.kinds.0 isObject']],
    [{ kinds: [null] }, ['body.kinds.0 conversion']],
  ])('is refused: %j', async (members, expected) => {
    expect((await broken(read, withMembers(members))).filter((line) => expected.includes(line))).toEqual(expected);
  });

  test('leaves out what is said of its inside', async () => {
    expect(await broken(read, withMembers({ items: { name: 7 } }))).toEqual(['body.items isArray']);
  });

  test('is refused where null stands in a list of objects', async () => {
    expect((await broken(read, withMembers({ items: [null] })))[0]).toMatch(/^body\.items\.0 /);
  });

  test('is taken where @ValidateIf rules it out', async () => {
    class Optional {
      @ValidateIf(() => false) @IsString({ each: true }) tags!: string[];
    }
    await expect(libraryReader(Optional, { location: 'body' })({ tags: 'x' })).resolves.toEqual({ tags: 'x' });
  });

  test('is refused once where @IsArray says the same', async () => {
    class Said {
      @IsArray() @IsString({ each: true }) tags!: string[];
    }
    expect(await broken(libraryReader(Said, { location: 'body' }), { tags: 'x' })).toEqual(['body.tags isArray']);
  });
});

describe('names that reach the prototype', () => {
  test.each([
    '{"__proto__": {"email": "ada@example.com", "address": {"street": "a"}, "items": []}}',
    '{"constructor": "Object"}',
    '{"constructor": {"prototype": {}, "name": "Object"}}',
    '{"constructor": null, "prototype": null}',
    '{"email": {"toString": "ada@example.com"}}',
  ])('make nothing valid: %s', async (json) => {
    expect(await broken(read, body(json))).toContain('body.email isEmail');
  });

  test.each([
    '{"street": 7, "constructor": "Object"}',
    '{"street": 7, "constructor": {"name": "Address"}}',
    '{"__proto__": {"street": "a"}}',
    '{"__proto__": [], "length": 0}',
    '{"street": 7, "hasOwnProperty": 1, "toString": 1, "valueOf": 1}',
    '{"street": 7, "then": "x"}',
  ])('make nothing nested valid: %s', async (json) => {
    expect(await broken(read, { ...valid, address: body(json) })).toEqual(['body.address.street isString']);
  });

  test('change no prototype', async () => {
    await outcome(
      read,
      body(
        '{"__proto__": {"polluted": 1}, "address": {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}}',
      ),
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect((Address.prototype as { polluted?: number }).polluted).toBeUndefined();
  });

  test('are left out of members without a class', async () => {
    class Note {
      @IsOptional() data?: unknown;
    }
    const note = await libraryReader(Note, { location: 'body' })(
      body('{"data": {"constructor": {"a": 1}, "__proto__": {"b": 1}, "c": 1}}'),
    );
    expect(note).toEqual({ data: { c: 1 } });
  });
});

describe('a discriminator', () => {
  test.each([
    [{ kind: 'unknown' }, ['body.kind.kind isIn']],
    [{ kind: { large: 1 } }, ['body.kind.kind isIn']],
    [{ kind: '__proto__' }, ['body.kind.kind isIn']],
    [{ kind: 'constructor' }, ['body.kind.kind isIn']],
    [{ kind: ['large'] }, ['body.kind.kind isIn']],
    [{}, ['body.kind.kind isIn']],
    [{ kind: 'large' }, ['body.kind.kind isIn', 'body.kind.size isInt']],
  ])('that names no class leaves the rules of the base: %j', async (kind, expected) => {
    const lines = await broken(read, withMembers({ kind }));
    expect(lines.length).toBeGreaterThan(0);
    expect(expected).toEqual(expect.arrayContaining(lines));
  });
});

describe('a discriminator that names no class, where the base class would take what comes', () => {
  test.each([['fish'], [''], [null], [7], [['dog']], [{ name: 'dog' }], ['constructor'], ['__proto__']])(
    'is refused: %j',
    async (pet) => {
      expect(await refusal(read, withMembers({ union: { pet, name: 'a' } }))).toEqual([
        {
          loc: ['body', 'union', 'pet'],
          msg: 'pet must be one of the following values: cat, dog',
          type: 'discriminator',
        },
      ]);
    },
  );

  test('leaves the base class where it is missing, as the library does', async () => {
    const { union } = (await read(withMembers({ union: { name: 'a' } }))) as Target;
    expect(union).toBeInstanceOf(Pet);
  });

  test('is refused in lists, in lists of lists and in nested classes', async () => {
    class Basket {
      @ValidateNested({ each: true })
      @Type(() => Pet, { discriminator: { property: 'pet', subTypes: [{ name: 'cat', value: Cat }] } })
      pets!: Cat[];
      @IsOptional() @ValidateNested({ each: true }) @Type(() => Basket) baskets?: Basket[];
    }
    const basket = libraryReader(Basket, { location: 'body' });
    const cat = { pet: 'cat', purr: 'r' };
    expect(await broken(basket, { pets: [cat, { pet: 'dog' }] })).toEqual(['body.pets.1.pet discriminator']);
    expect(await broken(basket, { pets: [[cat]] })).toEqual(['body.pets.0 isObject']);
    expect(await broken(basket, { pets: [cat], baskets: [{ pets: [{ pet: 'dog' }] }] })).toEqual([
      'body.baskets.0.pets.0.pet discriminator',
    ]);
    expect(await broken(basket, { pets: Array.from({ length: 5000 }, () => ({ pet: 'dog' })) })).toHaveLength(1000);
  });
});

describe('what only the declared type tells the compiler', () => {
  class Point {
    @IsInt() x!: number;
  }
  class Shapes {
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Point) matrix?: Point[][];
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Point) named?: Map<string, Point[]>;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Point) sets?: Set<Point[]>;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Point) at?: Point | Point[];
    @IsOptional() @IsArray() @ValidateNested() @Type(() => Point) maybe?: Point[] | null;
  }
  const shapes = libraryReader(Shapes, { location: 'body' });
  const point = { x: 1 };

  test.each<[object]>([
    [{ matrix: [[point], []] }],
    [{ named: { a: [point] } }],
    [{ sets: [[point]] }],
    [{ at: point }],
    [{ at: [point] }],
    [{ maybe: [point] }],
  ])('is taken as the library takes it: %j', async (value) => {
    expect(JSON.parse(JSON.stringify(await shapes(value)))).toEqual(
      JSON.parse(JSON.stringify(plainToInstance(Shapes, value))),
    );
  });

  test.each<[object, string]>([
    [{ matrix: [[{ x: 'a' }]] }, 'body.matrix.0.0.x isInt'],
    [{ named: { a: [{ x: 'a' }] } }, 'body.named.a.0.x isInt'],
    [{ at: { x: 'a' } }, 'body.at.x isInt'],
    [{ at: [{ x: 'a' }] }, 'body.at.0.x isInt'],
  ])('has its rules: %j', async (value, line) => {
    expect(await broken(shapes, value)).toEqual([line]);
  });
});

/** Own members, `__proto__` too, as a parser makes them. */
function record(members: [string, unknown][]): unknown {
  const text = members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',');
  return JSON.parse(`{${text}}`) as unknown;
}

function expectShapes({ address, items, tags, named, kinds }: Target): void {
  if (address !== undefined) expect(address).toBeInstanceOf(Address);
  for (const one of (items ?? []).flat(Infinity)) expect(one).toBeInstanceOf(Item);
  for (const tag of tags ?? []) expect(typeof tag).toBe('string');
  for (const one of [...(named?.values() ?? [])].flat(Infinity)) expect(one).toBeInstanceOf(Item);
  for (const one of kinds ?? []) expect(one).toBeInstanceOf(Kind);
}

async function byLibrary(value: unknown): Promise<unknown> {
  const instance = plainToInstance(Target, value);
  const errors = await validate(instance);
  return errors.length > 0 ? errors : instance;
}

describe('values on which rules of class-validator throw', () => {
  class Price {
    @IsOptional() @IsEmail() email?: string;
    @IsOptional() @IsByteLength(1, 5, { each: true }) codes?: string[];
    @IsOptional() @IsNumber({ maxDecimalPlaces: 2 }) price?: number;
  }
  class Offer {
    @ValidateNested({ each: true }) @Type(() => Price) prices!: Price[];
  }
  const offer = libraryReader(Offer, { location: 'body' });

  test.each<[object, string]>([
    [{ email: '\ud800' }, 'email isEmail'],
    [{ email: 'ada\udfff@example.com' }, 'email isEmail'],
    [{ codes: ['a', '\ud800'] }, 'codes isByteLength'],
    [{ price: 1e-7 }, 'price isNumber'],
  ])('are refused: %j', async (price, found) => {
    expect(await broken(offer, { prices: [{}, price] })).toEqual([`body.prices.1.${found}`]);
  });

  test('are told in the words of the rule', async () => {
    expect(await refusal(offer, { prices: [{ email: '\ud800' }] })).toEqual([
      { loc: ['body', 'prices', 0, 'email'], msg: 'email must be an email', type: 'isEmail' },
    ]);
  });

  test('are no excuse for rules of the program', async () => {
    class Own {
      @ValidateBy({ name: 'own', validator: { validate: (text: string) => encodeURI(text) !== '' } }) text!: string;
    }
    expect(await outcome(libraryReader(Own, { location: 'body' }), { text: '\ud800' })).toEqual(
      new URIError('URI malformed'),
    );
  });
});

describe('any JSON at all', () => {
  const keys = fc.constantFrom(
    'email',
    'address',
    'street',
    'nullable',
    'union',
    'pet',
    'purr',
    'bark',
    'items',
    'tags',
    'open',
    'named',
    'several',
    'kind',
    'kinds',
    'name',
    'count',
    'size',
    '__proto__',
    'constructor',
    'prototype',
    'length',
    'toString',
    'valueOf',
    'then',
    'hasOwnProperty',
    '0',
  );
  const leaf = fc.oneof(
    fc.constantFrom<unknown>('ada@example.com', 'a', 'large', 'small', '', 1, 0, -1, 1.5, 1e308, true, false, null),
    fc.string(),
  );
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(keys, tie('value')), { maxLength: 9 }).map(record),
    ),
  })).value;
  const targetLike = fc.record(
    {
      email: fc.oneof(fc.constant('ada@example.com'), json),
      address: fc.oneof(fc.constant({ street: 'Main' }), json),
      items: fc.oneof(fc.constant([item]), json),
      tags: json,
      open: json,
      named: json,
      several: json,
      kind: json,
      kinds: json,
      nullable: json,
      union: json,
    },
    { requiredKeys: ['email', 'address', 'items'] },
  );

  test('gives an instance that class-validator takes, or an HTTP error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, targetLike), fc.boolean(), async (value, whitelist) => {
        const result = await outcome(libraryReader(Target, { location: 'body' }, { whitelist }), value);
        if (result instanceof HttpException) return;
        expect(result).toBeInstanceOf(Target);
        expect(await validate(result as Target)).toEqual([]);
        expectShapes(result as Target);
      }),
      { numRuns: 1500 },
    );
  });

  test('is taken and refused as plainToInstance and validate do, but for shapes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(targetLike, fc.constant(valid)), async (value) => {
        const result = await outcome(read, value);
        const library = await outcome(byLibrary, structuredClone(value));
        if (result instanceof ValidationException && library instanceof Target) {
          expect(['isArray', 'isObject', 'conversion', 'discriminator']).toEqual(
            expect.arrayContaining(result.detail.map(({ type }) => type)),
          );
        } else if (result instanceof Target) {
          expect(result).toEqual(library);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
