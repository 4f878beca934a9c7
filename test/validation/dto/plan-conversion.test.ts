import 'reflect-metadata';
import { Expose, Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsDate, IsEnum, IsInt, IsNumber, IsOptional, IsString, Max, Min } from 'class-validator';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { broken, refusal } from '../refusal.js';

enum Level {
  Low = 1,
  High = 2,
}
enum Order {
  Asc = 'asc',
  Desc = 'desc',
}

class Base {
  @IsOptional() @IsInt() @Min(1) limit?: number;
}

class Query extends Base {
  @IsOptional() @IsBoolean() active?: boolean;
  @IsOptional() since?: Date;
  @IsOptional() @IsEnum(Level) level?: Level;
  @IsOptional() @IsEnum(Order) order?: Order;
  @IsOptional() @IsString({ each: true }) tags?: string[];
  @IsOptional() @IsInt({ each: true }) @Type(() => Number) ids?: number[];
  @IsOptional() @Type(() => Boolean) flag?: boolean;
  @IsOptional() @Type(() => Boolean) flags?: boolean[];
  @IsOptional() @Type(() => Date) @IsDate() until?: Date;
  @IsOptional() @Type(() => Number) @Max(10) rate?: number;
  @IsOptional() @Expose({ name: 'page_size' }) @IsInt() pageSize?: number;
  @IsOptional() @Transform(({ value }) => value === 'yes') @IsBoolean() agreed?: boolean;
  @IsOptional() @Transform(({ value }) => value !== 'no') refused?: boolean;
  @IsOptional() @Transform(({ value }) => (value as string).split(',')) @IsString({ each: true }) words?: string[];
  @IsOptional() @Transform(({ value }) => (value as string).trim()) trimmed?: number;
  @IsOptional() big?: bigint;
  @IsOptional() text?: string;
}

const read = libraryReader(Query, { location: 'query', strings: true });
const query = (values: object) => Object.assign(Object.create(null) as object, values);

describe('strings convert by the declared type of their property', () => {
  test.each<[object, object]>([
    [{}, {}],
    [{ limit: '5' }, { limit: 5 }],
    [{ active: 'true' }, { active: true }],
    [{ active: 'false' }, { active: false }],
    [{ active: '0' }, { active: false }],
    [{ flag: 'false' }, { flag: false }],
    [{ flags: ['false', '1'] }, { flags: [false, true] }],
    [{ flags: 'false' }, { flags: [false] }],
    [{ since: '2024-05-06' }, { since: new Date('2024-05-06') }],
    [{ until: '2024-05-06T07:08:09Z' }, { until: new Date('2024-05-06T07:08:09Z') }],
    [{ level: '2' }, { level: 2 }],
    [{ order: 'desc' }, { order: 'desc' }],
    [{ tags: 'a' }, { tags: ['a'] }],
    [{ tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
    [{ tags: '1' }, { tags: ['1'] }],
    [{ ids: '5' }, { ids: [5] }],
    [{ ids: ['5', '6'] }, { ids: [5, 6] }],
    [{ rate: '1.5' }, { rate: 1.5 }],
    [{ page_size: '7' }, { pageSize: 7 }],
    [{ big: '9007199254740993' }, { big: 9007199254740993n }],
    [{ text: '007' }, { text: '007' }],
  ])('%j', async (values, expected) => {
    await expect(read(query(values))).resolves.toEqual(Object.assign(new Query(), expected));
  });

  test.each<[object, object]>([
    [{ agreed: 'yes' }, { agreed: true }],
    [{ agreed: 'true' }, { agreed: false }],
    [{ refused: 'anything' }, { refused: true }],
    [{ refused: 'no' }, { refused: false }],
    [{ words: 'a,b' }, { words: ['a', 'b'] }],
    [{ trimmed: ' 5 ' }, { trimmed: 5 }],
  ])('after a @Transform, which sees the string: %j', async (values, expected) => {
    await expect(read(query(values))).resolves.toEqual(Object.assign(new Query(), expected));
  });

  test.each<[object, string[]]>([
    [{ limit: '' }, ['query.limit min', 'query.limit isInt']],
    [{ limit: '12abc' }, ['query.limit min', 'query.limit isInt']],
    [{ limit: '1e999' }, ['query.limit min', 'query.limit isInt']],
    [{ limit: '0x10' }, ['query.limit min', 'query.limit isInt']],
    [{ limit: ' 1' }, ['query.limit min', 'query.limit isInt']],
    [{ limit: ['1', '2'] }, ['query.limit min', 'query.limit isInt']],
    [{ limit: '1.5' }, ['query.limit isInt']],
    [{ active: 'yes' }, ['query.active isBoolean']],
    [{ flag: 'yes' }, ['query.flag isBoolean']],
    [{ since: 'tomorrow' }, ['query.since isDate']],
    [{ since: '2024-02-30' }, ['query.since isDate']],
    [{ until: 'May 6, 2024' }, ['query.until isDate']],
    [{ ids: ['1', 'x'] }, ['query.ids isInt']],
    [{ rate: '' }, ['query.rate max']],
    [{ level: '3' }, ['query.level isEnum']],
    [{ order: 'ASC' }, ['query.order isEnum']],
    [{ big: '1.5' }, ['query.big isBigInt']],
    [{ text: ['a', 'b'] }, ['query.text isString']],
  ])('or are refused: %j', async (values, expected) => {
    expect(await broken(read, query(values))).toEqual(expected);
  });

  test('with words where no rule has any', async () => {
    expect(await refusal(read, query({ since: 'x' }))).toEqual([
      { loc: ['query', 'since'], msg: 'since must be a date of ISO 8601', type: 'isDate' },
    ]);
  });

  test('and never in JSON', async () => {
    class Body {
      @IsNumber() a!: number;
      @IsArray() b!: string[];
    }
    expect(await broken(libraryReader(Body, { location: 'body' }), { a: '1', b: 'x' })).toEqual([
      'body.a isNumber',
      'body.b isArray',
    ]);
  });
});
