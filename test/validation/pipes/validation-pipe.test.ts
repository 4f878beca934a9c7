import 'reflect-metadata';
import { IsInt, IsString, ValidateBy } from 'class-validator';
import type { ArgumentMetadata } from '../../../src/contracts/pipeline.js';
import { ValidationException } from '../../../src/errors/validation-exception.js';
import { ValidationPipe, type ValidationPipeOptions } from '../../../src/validation/pipes/validation-pipe.js';
import { broken, outcome } from '../refusal.js';

class Item { @IsString() name!: string; @IsInt() count!: number; }

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

test.each([undefined, String, Object, class Plain { a = 1; }])('a value of type %p passes', async (metatype) => {
  const value = { a: 1 };
  expect(await outcome(reader({}, { metatype }), value)).toBe(value);
});

test('options are those of the validation', async () => {
  expect(await outcome(reader({ whitelist: true }), { name: 'a', count: 1, more: 1 })).toEqual({ name: 'a', count: 1 });
  expect(await broken(reader({ whitelist: true, forbidNonWhitelisted: true }), { name: 'a', count: 1, more: 1 })).toEqual(['body.more whitelistValidation']);
});

test.each([null, {}])('the status or the error may be another one, for %j', async (value) => {
  const error = await outcome(reader({ errorHttpStatusCode: 400 }), value);
  expect(error).toMatchObject({ statusCode: 400 });
  expect(error).not.toBeInstanceOf(ValidationException);
  expect(await outcome(reader({ exceptionFactory: (details) => new RangeError(String(details.length)) }), value)).toBeInstanceOf(RangeError);
});

test('other errors stay what they are', async () => {
  class Fragile { @ValidateBy({ name: 'x', validator: { validate: () => { throw new Error('broken rule'); } } }) a!: string; }
  expect(await outcome(reader({ errorHttpStatusCode: 400 }, { metatype: Fragile }), {})).toEqual(new Error('broken rule'));
});
