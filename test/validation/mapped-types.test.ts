import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from '../../src/decorators/api.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { mergedMetadata } from '../../src/metadata/merged-metadata.js';
import { compiledReader } from '../../src/validation/compiled/compiled-reader.js';
import { checkDto } from '../../src/validation/dto/check-dto-class.js';
import { libraryReader } from '../../src/validation/dto/library-reader.js';
import { IntersectionType, OmitType, PartialType, PickType } from '../../src/validation/mapped-types.js';
import { serialize } from '../../src/validation/output/serialize.js';
import { provideSerialization } from '../../src/validation/transformer/serialization-rules.js';
import { broken } from './refusal.js';

provideSerialization();

class Line {
  @IsString() sku!: string;
  @IsInt() @Min(1) quantity!: number;
}

class Base {
  @IsInt() id!: number;
}

class Order extends Base {
  @IsEmail({}, { message: '$property is wrong' }) email!: string;
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
  @Transform(({ value }) => String(value).trim())
  @IsString()
  @Length(1, 5)
  @ApiProperty({ description: 'What it is called', required: true })
  name!: string;
  @IsInt({ groups: ['admin'] }) rank!: number;
  @ValidateIf((order: Order) => order.name === 'gift') @IsString() note!: string;
  @ValidateBy({
    name: 'later',
    validator: { validate: async (value) => value !== 'taken', defaultMessage: () => 'it is taken' },
  })
  code: string = 'new';
  @IsString() @IsOptional() @Expose({ name: 'colour' }) color?: string;
  @IsOptional() @Exclude({ toPlainOnly: true }) secret?: string;
  total(): number {
    return this.lines.length;
  }
}

const body = { location: 'body' } as const;
const readers = { compiledReader, libraryReader };
const valid = {
  id: 1,
  email: 'ada@example.com',
  lines: [{ sku: 'a', quantity: 1 }],
  name: ' gift ',
  note: 'x',
  code: 'c',
  colour: 'blue',
  secret: 's',
};

describe.each(Object.entries(readers))('by %s', (_name, reader) => {
  it('a partial class takes each property or none, with its rules', async () => {
    class Update extends PartialType(Order) {}
    expect(await reader(Update, body)({})).toEqual(new Update());
    expect(await reader(Update, body)({})).not.toHaveProperty('code');
    const made = (await reader(Update, body)(structuredClone(valid))) as Update;
    expect(made).toBeInstanceOf(Update);
    expect(made).toEqual({ ...valid, name: 'gift', color: 'blue', colour: undefined });
    expect(made.lines![0]).toBeInstanceOf(Line);
    expect(
      await broken(reader(Update, body), {
        email: 'x',
        lines: [{ sku: 1, quantity: 0 }],
        name: 'too long',
        code: 'taken',
        id: 'x',
      }),
    ).toEqual(
      await broken(reader(Order, body), {
        ...valid,
        rank: 1,
        email: 'x',
        lines: [{ sku: 1, quantity: 0 }],
        name: 'too long',
        code: 'taken',
        id: 'x',
      }),
    );
  });

  it('a class with some of the properties has the rules of these alone', async () => {
    class Key extends PickType(Order, ['id', 'code', 'color']) {}
    expect(await reader(Key, body)({ id: 2, colour: 'blue', email: 1 })).toEqual({
      id: 2,
      code: 'new',
      color: 'blue',
      email: 1,
    });
    expect(await broken(reader(Key, body), {})).toEqual(['body.id isInt']);
  });

  it('a class without some has the rules of the others', async () => {
    class Create extends OmitType(Order, ['id', 'lines', 'rank']) {}
    expect(await reader(Create, body)({ email: 'ada@example.com', name: 'a' })).toEqual({
      email: 'ada@example.com',
      name: 'a',
      code: 'new',
    });
    expect(await broken(reader(Create, body), {})).toEqual([
      'body.email isEmail',
      'body.name isLength',
      'body.name isString',
    ]);
  });

  it('an intersection has all properties, and all rules of those that are in several', async () => {
    class Small {
      @Max(5) id!: number;
      @IsInt() limit = 20;
    }
    class Both extends IntersectionType(Base, Small) {}
    expect(await reader(Both, body)({ id: 3 })).toEqual({ id: 3, limit: 20 });
    expect(await broken(reader(Both, body), { id: 7.5 })).toEqual(['body.id isInt', 'body.id max']);
  });

  it('maps a mapped class again, and takes more rules in an heir', async () => {
    class Change extends PartialType(OmitType(Order, ['id'])) {
      @IsInt() version!: number;
      @Min(3) declare rank?: number;
    }
    expect(await broken(reader(Change, body), {})).toEqual(['body.version isInt']);
    expect(await reader(Change, body)({ version: 1, name: 'a' })).toEqual({ version: 1, name: 'a' });
  });

  it('holds null to the rules where that is asked for', async () => {
    class Lenient extends PartialType(Base) {}
    class Strict extends PartialType(Base, { skipNullProperties: false }) {}
    expect(await reader(Lenient, body)({ id: null })).toEqual({ id: null });
    expect(await reader(Strict, body)({})).toEqual({});
    expect(await broken(reader(Strict, body), { id: null })).toEqual(['body.id isInt']);
  });

  it('keeps groups, and lets what has them be left out', async () => {
    class Update extends PartialType(Order) {}
    const admin = reader(Update, body, { groups: ['admin'] });
    expect(await admin({})).toEqual(new Update());
    expect(await broken(admin, { rank: 'x' })).toEqual(['body.rank isInt']);
  });
});

it('leaves the class as it was', async () => {
  class Source {
    @IsInt() a!: number;
  }
  class Update extends PartialType(Source) {}
  expect(await compiledReader(Update, body)({})).toEqual({});
  expect(await broken(compiledReader(Source, body), {})).toEqual(['body.a isInt']);
});

it('is a DTO like any other to the checks at the start', () => {
  expect(() => checkDto(PartialType(Order), 'here')).not.toThrow();
});

it('writes results as the class said', () => {
  class Shown extends PickType(Order, ['secret', 'color']) {}
  expect(serialize(Object.assign(new Shown(), { secret: 's', color: 'red' }))).toEqual({ colour: 'red' });
});

it('takes along what is said for the API document', () => {
  expect(mergedMetadata(PickType(Order, ['name'])).apiProperties?.get('name')).toEqual({
    description: 'What it is called',
    required: true,
  });
  expect(mergedMetadata(PartialType(Order)).apiProperties?.get('name')).toEqual({
    description: 'What it is called',
    required: false,
  });
});

it('takes nothing from a constructor that needs arguments', async () => {
  class Account {
    @IsString() name: string;
    constructor(options: { name: string }) {
      this.name = options.name;
    }
  }
  class Named extends PickType(Account, ['name']) {}
  expect(Object.keys(new Named())).toEqual([]);
  expect(await compiledReader(Named, body)({ name: 'a' })).toEqual({ name: 'a' });
});

it.each([
  [
    'a class without decorators',
    () => PartialType(class Plain {}),
    'PartialType was given Plain, which has no properties with decorators',
  ],
  [
    'nothing, as in a circle of files',
    () => PartialType(undefined as never),
    'a circular import has not evaluated it yet',
  ],
  [
    'a property that is not there',
    () => PickType(Order, ['emial' as 'email']),
    'PickType(Order, …): Order has no property "emial". It has email, lines, ',
  ],
  ['a property to leave out that is not there', () => OmitType(Order, ['total']), 'Order has no property "total"'],
  [
    'one of several without decorators',
    () => IntersectionType(Order, class Plain {}),
    'IntersectionType was given Plain',
  ],
])('refuses %s', (_what, map, message) => {
  expect(map).toThrow(BootstrapError);
  expect(map).toThrow(message);
});
