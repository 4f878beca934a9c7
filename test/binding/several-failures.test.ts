import {
  IsEmail,
  IsInt,
  ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
  Validate,
} from 'class-validator';
import { Body, createParamDecorator, Headers, Param, Query } from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { BadRequestException } from '../../src/errors/exceptions.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { answer, serve } from './serve.js';

@ValidatorConstraint({ async: true })
class Known implements ValidatorConstraintInterface {
  async validate(): Promise<boolean> {
    await new Promise(setImmediate);
    return false;
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} is not known`;
  }
}

class Order {
  @IsEmail() email!: string;
  @Validate(Known) sku!: string;
}

class Paging {
  @IsInt() page!: number;
}

const later = (error: unknown) => ({
  transform: () => new Promise((_, reject) => setImmediate(() => reject(error as Error))),
});
const now = (error: unknown) => ({
  transform() {
    throw error as Error;
  },
});
const Rejected = createParamDecorator(async (error: unknown) => {
  throw error as Error;
});

@Controller()
class Failing {
  @Post('all/:id')
  all(@Param('id') _id: number, @Query() _paging: Paging, @Headers('x-n') _n: number, _order: Order) {}

  @Post('first')
  first(
    @Query('a', now(new BadRequestException('sync'))) _a: string,
    _order: Order,
    @Query('b', later(new BadRequestException('late'))) _b: string,
  ) {}

  @Post('both')
  both(@Query('a', later(new Error('late'))) _a: string, @Query('b', later(new Error('later'))) _b: string) {}

  @Post('rejected')
  rejected(
    @Rejected(new BadRequestException('one')) _a: unknown,
    @Rejected(new BadRequestException('two')) _b: unknown,
    @Query('n') _n: number,
  ) {}

  @Post('nothing')
  nothing(@Query('a', now(undefined)) _a: string, @Query('b', later(undefined)) _b: string) {}

  @Post('twice')
  twice(@Body('a') _a: string, @Body('b') _b: string) {}
}

let app: TestingApplication;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  app = await serve(Failing);
  process.on('unhandledRejection', note);
});

afterAll(() => process.off('unhandledRejection', note));

/** Node tells of unhandled rejections after the microtasks of a turn. */
async function noneUnhandled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  expect(unhandled).toEqual([]);
}

describe('several arguments that are wrong', () => {
  it('are reported in one 422, each with its place', async () => {
    expect(
      await answer(app, {
        method: 'POST',
        url: '/all/x?page=y',
        headers: { 'x-n': 'z' },
        payload: { email: 'no', sku: 'A' },
      }),
    ).toEqual([
      422,
      {
        detail: [
          { loc: ['path', 'id'], msg: 'id must be a number', type: 'isNumber' },
          { loc: ['query', 'page'], msg: 'page must be an integer number', type: 'isInt' },
          { loc: ['header', 'x-n'], msg: 'x-n must be a number', type: 'isNumber' },
          { loc: ['body', 'email'], msg: 'email must be an email', type: 'isEmail' },
          { loc: ['body', 'sku'], msg: 'sku is not known', type: 'Known' },
        ],
      },
    ]);
    await noneUnhandled();
  });

  it('give way to an error of another kind', async () => {
    expect(await answer(app, { method: 'POST', url: '/first', payload: { email: 1 } })).toEqual([
      400,
      { detail: 'sync' },
    ]);
    expect(await answer(app, { method: 'POST', url: '/rejected?n=x' })).toEqual([400, { detail: 'one' }]);
    await noneUnhandled();
  });

  it('never leave an unhandled rejection', async () => {
    captureStdout();
    await expect(app.inject({ method: 'POST', url: '/both' })).rejects.toThrow('late');
    await expect(app.inject({ method: 'POST', url: '/nothing' })).rejects.toBeUndefined();
    jest.restoreAllMocks();
    await noneUnhandled();
  });

  it('are one 400 where all of them come of one body that can not be parsed', async () => {
    const headers = { 'content-type': 'application/json' };
    expect(await answer(app, { method: 'POST', url: '/twice', headers, payload: '{' })).toEqual([
      400,
      { detail: 'The body is not valid JSON' },
    ]);
    await noneUnhandled();
  });
});
