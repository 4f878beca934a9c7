import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { checkDto } from '../../src/validation/dto-metadata.js';
import { dtoReader } from '../../src/validation/dto-reader.js';
import { broken, outcome } from './refusal.js';
import { responseSuite } from './response-suite.js';

// What a bundle sees that took class-transformer's ESM build: the storage that we import is another one.
jest.mock('../../src/validation/transformer-store.js', () => ({
  ...jest.requireActual<object>('../../src/validation/transformer-store.js'),
  transformerStore: undefined,
}));

responseSuite();

describe('strings', () => {
  class Query {
    @IsOptional() @IsInt() limit?: number;
    @IsOptional() @Type(() => Boolean) @IsBoolean() active?: boolean;
    @IsOptional() @Transform(({ value }) => value === 'yes') agreed?: boolean;
    @IsOptional() @Transform(({ value }) => (value as string).split(',')) words?: string[];
    @IsOptional() @IsString({ each: true }) tags?: string[];
    @IsOptional() @Type(() => Number) @IsInt({ each: true }) ids?: number[];
    @IsOptional() @Type(() => Date) since?: Date;
  }
  const read = dtoReader(Query, { location: 'query', strings: true });

  test.each<[object, object]>([
    [{ limit: '5' }, { limit: 5 }],
    [{ active: 'false' }, { active: false }],
    [{ agreed: 'yes' }, { agreed: true }],
    [{ agreed: 'no' }, { agreed: false }],
    [{ words: 'a,b' }, { words: ['a', 'b'] }],
    [{ tags: 'a' }, { tags: ['a'] }],
    [{ ids: '5' }, { ids: [5] }],
    [{ ids: ['5', '6'] }, { ids: [5, 6] }],
    [{ since: '2024-05-06' }, { since: new Date('2024-05-06') }],
  ])('convert all the same: %j', async (values, expected) => {
    expect(await outcome(read, values)).toEqual(Object.assign(new Query(), expected));
  });

  test.each([{ limit: '' }, { limit: '5x' }, { ids: 'x' }, { since: 'tomorrow' }])(
    'are refused all the same: %j', async (values) => {
      expect((await broken(read, values)).length).toBeGreaterThan(0);
    },
  );
});

test('a nested class that may have a @Type is not taken for a mistake', () => {
  class Item { @IsString() name!: string; }
  class Order { @ValidateNested({ each: true }) @Type(() => Item) items!: Item[]; }
  expect(() => checkDto(Order, 'Orders.create')).not.toThrow();
});
