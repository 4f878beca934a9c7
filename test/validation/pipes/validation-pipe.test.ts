import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { ArgumentMetadata } from '../../../src/contracts/pipeline.js';
import { ValidationException } from '../../../src/errors/validation-exception.js';
import { errorDetailOf } from '../../../src/logging/access-log/error-detail.js';
import { ValidationPipe, type ValidationPipeOptions } from '../../../src/validation/pipes/validation-pipe.js';
import { broken, outcome } from '../refusal.js';

class Item {
  @IsString() name!: string;
  @IsInt() count!: number;
}

const reader = (options: ValidationPipeOptions = {}, metadata: Partial<ArgumentMetadata> = {}) => {
  const pipe = new ValidationPipe(options);
  return (value: unknown) => pipe.transform(value, { type: 'body', data: undefined, metatype: Item, ...metadata });
};

test('a DTO is built and checked', async () => {
  expect(await outcome(reader(), { name: 'a', count: 1 })).toBeInstanceOf(Item);
  expect(await broken(reader(), { name: 'a', count: '1' })).toEqual(['body.count isInt']);
});

test('strings of a query convert by declared type', async () => {
  const read = reader({}, { type: 'query' });
  expect(await outcome(read, { name: 'a', count: '1' })).toEqual({ name: 'a', count: 1 });
  expect(await broken(read, { name: 'a', count: 'x' })).toEqual(['query.count isInt']);
});

test.each([
  undefined,
  String,
  Object,
  class Plain {
    a = 1;
  },
])('a value of type %p passes', async (metatype) => {
  const value = { a: 1 };
  expect(await outcome(reader({}, { metatype }), value)).toBe(value);
});

test('options are those of the validation', async () => {
  expect(await outcome(reader({ whitelist: true }), { name: 'a', count: 1, more: 1 })).toEqual({ name: 'a', count: 1 });
  expect(
    await broken(reader({ whitelist: true, forbidNonWhitelisted: true }), { name: 'a', count: 1, more: 1 }),
  ).toEqual(['body.more whitelistValidation']);
});

test.each([null, {}])('the status or the error may be another one, for %j', async (value) => {
  const error = await outcome(reader({ errorHttpStatusCode: 400 }), value);
  expect(error).toMatchObject({ statusCode: 400 });
  expect(error).not.toBeInstanceOf(ValidationException);
  expect(
    await outcome(reader({ exceptionFactory: (details) => new RangeError(String(details.length)) }), value),
  ).toBeInstanceOf(RangeError);
});

test('other errors stay what they are', async () => {
  class Fragile {
    @ValidateBy({
      name: 'x',
      validator: {
        validate: () => {
          throw new Error('broken rule');
        },
      },
    })
    a!: string;
  }
  expect(await outcome(reader({ errorHttpStatusCode: 400 }, { metatype: Fragile }), {})).toEqual(
    new Error('broken rule'),
  );
});

describe("NestJS's options", () => {
  class Order {
    @IsOptional() @IsInt() @Min(1) count?: number;
    @IsString() @MinLength(3) @Matches(/^[a-z]+$/) name!: string;
    @IsInt({ groups: ['create'] }) size!: number;
    @IsDefined() @IsString() note!: string;
  }
  const valid = { count: 1, name: 'abc', size: 1, note: 'a' };
  const read = (options: ValidationPipeOptions, value: unknown) => outcome(reader(options, { metatype: Order }), value);
  const brokenOf = (options: ValidationPipeOptions, value: unknown) =>
    broken(reader(options, { metatype: Order }), value);

  test('what does the same in any case is taken', async () => {
    const options = {
      transform: true,
      validationError: { target: false, value: false },
      forbidUnknownValues: true,
    } as const;
    expect(await read(options, valid)).toEqual(Object.assign(new Order(), valid));
  });

  test.each([
    [
      { skipUndefinedProperties: true },
      ['body.name isString', 'body.name matches', 'body.name minLength', 'body.note isDefined'],
    ],
    [{ skipNullProperties: true }, ['body.note isDefined', 'body.note isString', 'body.size isInt']],
    [{ skipMissingProperties: true }, ['body.note isDefined']],
  ])('%j leaves out what is not there', async (options, expected) => {
    expect((await brokenOf(options, { name: null })).toSorted()).toEqual(expected);
  });

  test('stopAtFirstError tells one mistake of a property, and asks no further rule', async () => {
    expect(await brokenOf({}, { ...valid, name: 1 })).toHaveLength(3);
    expect(await brokenOf({ stopAtFirstError: true }, { ...valid, name: 1, count: 'a' })).toHaveLength(2);
    const asked: string[] = [];
    const rule = (name: string) => ValidateBy({ name, validator: { validate: () => (asked.push(name), false) } });
    class Asked {
      @rule('a') @rule('b') value!: string;
    }
    await broken(reader({ stopAtFirstError: true }, { metatype: Asked }), {});
    expect(asked).toHaveLength(1);
  });

  test('groups, always and strictGroups select rules', async () => {
    const value = { ...valid, size: 'a', name: 1 };
    expect(new Set(await brokenOf({ groups: ['other'], always: true }, value))).toEqual(
      new Set(['body.name isString', 'body.name matches', 'body.name minLength']),
    );
    expect(await brokenOf({ groups: ['create'] }, value)).toEqual(['body.size isInt']);
    expect(await brokenOf({ strictGroups: true }, { ...valid, size: 'a', note: 1 })).toEqual(['body.note isString']);
  });

  test('expectedType is checked in the place of the declared type', async () => {
    expect(await broken(reader({ expectedType: Order }, { metatype: Object }), { ...valid, size: 'a' })).toEqual([
      'body.size isInt',
    ]);
  });

  test('disableErrorMessages tells the caller the status, and the log the mistakes without their values', async () => {
    const error = await read({ disableErrorMessages: true }, { ...valid, size: 'secret' });
    expect(error).toMatchObject({ statusCode: 422, detail: 'Unprocessable Entity' });
    expect(errorDetailOf(error)).toEqual([
      { loc: ['body', 'size'], msg: 'size must be an integer number', type: 'isInt' },
    ]);
    expect(await read({ disableErrorMessages: true, errorHttpStatusCode: 400 }, {})).toMatchObject({
      statusCode: 400,
      detail: 'Bad Request',
    });
  });

  test('dismissDefaultMessages leaves rules no words', async () => {
    expect(await read({ dismissDefaultMessages: true }, { ...valid, size: 'a' })).toMatchObject({
      detail: [{ msg: 'size is invalid', type: 'isInt' }],
    });
  });

  test('enableImplicitConversion converts by declared type, as class-transformer does', async () => {
    const transformOptions = { enableImplicitConversion: true };
    expect(await read({ transformOptions }, { ...valid, count: '5' })).toEqual(
      Object.assign(new Order(), { ...valid, count: 5 }),
    );
    expect(await brokenOf({ transformOptions }, { ...valid, size: 'a' })).toEqual(['body.size isInt']);
  });

  test('forbidUnknownValues: false lets objects of classes without rules pass', async () => {
    class Free {
      a = 1;
    }
    class Holder {
      @ValidateNested() @Type(() => Free) free!: Free;
    }
    expect(await broken(reader({}, { metatype: Holder }), { free: {} })).toEqual(['body.free unknownValue']);
    expect(await outcome(reader({ forbidUnknownValues: false }, { metatype: Holder }), { free: {} })).toBeInstanceOf(
      Holder,
    );
  });

  test.each([
    [{ transform: false }, 'transform is false; it takes true: checked values are always transformed'],
    [{ validationError: { value: true } }, 'validation errors hold neither'],
    [{ enableImplicitConversion: true }, 'Unknown in the options of ValidationPipe: enableImplicitConversion'],
    [{ transformOptions: { implicit: true } }, 'enableImplicitConversion'],
    [{ expectedType: Object }, "a class with class-validator's decorators"],
  ])('%j is refused', (options, message) => {
    expect(() => new ValidationPipe(options as unknown as ValidationPipeOptions)).toThrow(message);
  });
});
