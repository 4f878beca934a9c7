import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayNotEmpty,
  Equals,
  getMetadataStorage,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsEnum,
  IsIn,
  isInt,
  IsInt,
  IsNegative,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsPositive,
  isString,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { unrefused } from '../../../src/errors/http-exception.js';
import { isOfLibrary } from '../../../src/validation/compiled/library-rules.js';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { rulesOf } from '../../../src/validation/dto/property-rules.js';
import { broken, outcome } from '../refusal.js';
import { emitted } from './emitted.js';
import { likenessOfOutcome } from './likeness.js';

enum Level {
  Low = 1,
  High = 'high',
}

const list = [1, 'a', NaN, null];
const DECORATORS: readonly [string, (options?: ValidationOptions) => PropertyDecorator][] = [
  ['IsString', IsString],
  ['IsInt', IsInt],
  ['IsNumber', (o) => IsNumber({}, o)],
  ['IsNumber, NaN', (o) => IsNumber({ allowNaN: true }, o)],
  ['IsNumber, Infinity', (o) => IsNumber({ allowInfinity: true }, o)],
  ['IsNumber, decimal places', (o) => IsNumber({ maxDecimalPlaces: 1 }, o)],
  ['IsBoolean', IsBoolean],
  ['IsArray', IsArray],
  ['IsObject', IsObject],
  ['IsDate', IsDate],
  ['IsDefined', IsDefined],
  ['IsEmail', (o) => IsEmail(undefined, o)],
  ['IsEmail, options', (o) => IsEmail({ allow_ip_domain: true }, o)],
  ['IsNotEmpty', IsNotEmpty],
  ['IsPositive', IsPositive],
  ['IsNegative', IsNegative],
  ['IsIn', (o) => IsIn(list, o)],
  ['IsEnum', (o) => IsEnum(Level, o)],
  ['Equals, text', (o) => Equals('a', o)],
  ['Equals, -0', (o) => Equals(-0, o)],
  ['Equals, NaN', (o) => Equals(NaN, o)],
  ['Equals, object', (o) => Equals(list, o)],
  ['ArrayNotEmpty', ArrayNotEmpty],
  ['Matches', (o) => Matches(/^[a-zä]+$/, o)],
  ['Matches, text', (o) => Matches('^A', 'i', o)],
  ['Matches, global', (o) => Matches(/a/g, o)],
  ...[-1, 0, 1, 2, 3, 1.5, NaN, Infinity].flatMap((limit): [string, (o?: ValidationOptions) => PropertyDecorator][] => [
    [`Min ${limit}`, (o) => Min(limit, o)],
    [`Max ${limit}`, (o) => Max(limit, o)],
    [`ArrayMinSize ${limit}`, (o) => ArrayMinSize(limit, o)],
    [`ArrayMaxSize ${limit}`, (o) => ArrayMaxSize(limit, o)],
    [`MinLength ${limit}`, (o) => MinLength(limit, o)],
    [`MaxLength ${limit}`, (o) => MaxLength(limit, o)],
    [`Length ${limit}`, (o) => Length(limit, undefined, o)],
    [`Length ${limit} to 3`, (o) => Length(limit, 3, o)],
  ]),
];

const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'abc',
  'abcd',
  'äöü',
  '\u{1f600}',
  '\u{1f600}\u{1f600}',
  'a\ufe0f',
  '\u{1f600}\ufe0f',
];
const NUMBERS = [-1, -0, 0, 0.99, 1, 1.01, 1.5, 2, 3, 3.01, NaN, Infinity, -Infinity, 1e-7, 2 ** 53];
const LISTS = [[], [1], [1, 2], [1, 2, 3], ['a'], [null], [undefined], list];
const ADDRESSES = ['ada@example.com', 'ada@[127.0.0.1]', 'ada@a', 'ada@\ud800', '\ud800@example.com', 'ä@example.com'];
const OTHERS = [true, false, null, undefined, 5n, 'high', 'High', 'Low', '\ud800', () => 1];
const OBJECTS = [{}, new Date(0), new Date(NaN), new Map([['a', 1]]), new Set(['a']), Object.create(null)];
const VALUES: readonly unknown[] = [...TEXTS, ...ADDRESSES, ...NUMBERS, ...LISTS, ...OTHERS, ...OBJECTS];

describe('a rule that is compiled to an expression decides as the library does', () => {
  test.each(DECORATORS)('%s', async (_, decorate) => {
    for (const options of [
      {},
      { each: true },
      { message: '$property: $value, $constraint1' },
      { context: { code: 1 } },
    ]) {
      class Dto {
        declare value: unknown;
      }
      decorate(options)(Dto.prototype, 'value');
      const read = emitted(Dto, { location: 'body' })!;
      for (const value of VALUES) {
        const expected = await outcome(libraryReader(Dto, { location: 'body' }), { value });
        const found = await outcome(async (one) => unrefused(await read(one)), { value });
        expect(likenessOfOutcome(found)).toEqual(likenessOfOutcome(expected));
      }
    }
  });
});

function rule(decorate: PropertyDecorator) {
  class Dto {
    declare value: unknown;
  }
  decorate(Dto.prototype, 'value');
  const [metadata] = getMetadataStorage().getTargetValidationMetadatas(Dto, '', false, false);
  return rulesOf(metadata!)[0]!;
}

const called = (name: string, validate: (value: unknown) => boolean, text: string): PropertyDecorator =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => text } });

describe('a rule is the library’s', () => {
  test.each(DECORATORS)('if its decorator made it: %s', (_, decorate) => {
    expect(isOfLibrary(rule(decorate()))).toBe(true);
    expect(isOfLibrary(rule(decorate({ each: true, message: 'own' })))).toBe(true);
  });

  // V8 optimises validators that are called often, and then tells other places of them.
  test.each([
    ['IsString', IsString],
    ['Length', () => Length(1, 2)],
    ['Matches', () => Matches(/a/)],
  ] as const)('however many there are: %s', (_, decorate) => {
    const known = Array.from({ length: 2000 }, () => isOfLibrary(rule(decorate())));
    expect(known.indexOf(false)).toBe(-1);
  });

  test.each([
    ['asks the library, and then decides itself', called('isString', isString, '$property must be a string')],
    [
      'decides otherwise',
      called('isInt', (value) => isInt(value) && value !== 10, '$property must be an integer number'),
    ],
    ['has another message', called('isInt', isInt, 'no')],
    ['has another name', called('isWhole', isInt, '$property must be an integer number')],
  ])('but not if it %s', (_, decorate) => {
    expect(isOfLibrary(rule(decorate))).toBe(false);
  });

  test('and a list of values may change', async () => {
    const values = ['a'];
    class Dto {
      @IsIn(values) value!: string;
    }
    const read = emitted(Dto, { location: 'body' })!;
    const asWritten = async (one: unknown) => unrefused(await read(one));
    expect(await broken(asWritten, { value: 'b' })).toEqual(['body.value isIn']);
    values.push('b');
    expect(await read({ value: 'b' })).toBeInstanceOf(Dto);
  });
});
