import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
  IsObject,
} from 'class-validator';
import { Body, Cookies, Headers, Param, Query, UploadedFiles } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Post, Put } from '../../src/decorators/routes.js';
import type { FormFile } from '../../src/http/request/form-file.js';
import { Request } from '../../src/http/request/request.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { type InjectResponse, readResult } from '../../src/testing/inject.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';

export class Tag {
  @IsString() @MaxLength(5) name!: string;
}

export class Line {
  @IsString() sku!: string;
  @IsInt() @Min(1) count!: number;
  @IsOptional() @IsObject({ each: true }) @ValidateNested({ each: true }) @Type(() => Tag) tags?: Tag[];
}

export class Customer {
  @IsEmail() email!: string;
  @IsOptional() @IsBoolean() vip?: boolean;
}

export class Order {
  @IsString() name!: string;
  @IsIn(['new', 'paid']) state!: string;
  @IsDefined() @ValidateNested() @Type(() => Customer) customer!: Customer;
  @IsArray()
  @ArrayMaxSize(3)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
  @IsOptional() @IsDate() @Type(() => Date) due?: Date;
  @IsOptional() @IsString({ each: true }) notes?: string[];
}

class Search {
  @IsOptional() @IsString() q?: string;
  @IsOptional() @IsInt() page?: number;
  @IsOptional() @IsDate() since?: Date;
  @IsOptional() @IsInt({ each: true }) ids?: number[];
}

/** The orders that got as far as the method, for the tests to look at. */
export const received: Order[] = [];

@Controller()
class Fuzzed {
  @Get('good') good() {
    return { good: true };
  }
  @Get('items/:id') item(
    @Param('id') id: number,
    @Query() search: Search,
    @Headers('x-n') n: number,
    @Cookies('flag') flag: boolean,
  ) {
    return { id, search, n, flag };
  }
  @Get('files/*rest') files(
    @Param() params: Record<string, string>,
    @Query() query: object,
    @Headers() headers: object,
    @Cookies() cookies: object,
  ) {
    return { params, query, headers, cookies };
  }
  @Post('orders') order(order: Order) {
    received.push(order);
    return { name: order.name };
  }
  @Put('anything') anything(@Body() body: unknown, request: Request) {
    return { type: typeof body, url: request.url, id: request.id };
  }
  @Post('upload') upload(@UploadedFiles() files: FormFile[], @Body('title') title: string) {
    return { sizes: files.map(({ size }) => size), title };
  }
  @Post('bytes') bytes(@Body() body: Buffer) {
    return body;
  }
  @All('all/:name') all(@Param('name') name: string, @Query('d') d: Date) {
    return { name, d };
  }
}

export type Source = keyof typeof httpEvents;
export const SOURCES = Object.keys(httpEvents) as Source[];

export function createFuzzed(): Promise<TestingApplication> {
  const options = {
    accessLog: false,
    bodyLimit: 20_000,
    cors: true,
    compression: true,
    etag: true,
    uploads: { files: 2, fields: 5 },
  } as const;
  return Test.createTestingModule({ controllers: [Fuzzed] }, options).compile();
}

/** Time enough for anything but a hang: what takes longer is answered with 504, and no test takes that. */
const PATIENCE = { remainingTime: 3000 };

export async function send(app: TestingApplication, event: unknown): Promise<InjectResponse> {
  return readResult(await app.handler(event, fakeContext(PATIENCE)));
}

// Stacks, places in files, and the words of parsers and libraries.
const INTERNAL =
  /\bat .+:\d+:\d+|node_modules|\.[cm]?[jt]s\b|\b[A-Z]\w*Error\b|Unexpected token|in JSON at|busboy|class-validator|class-transformer/i;

/** An answer that a caller may be given: below 500, and in an error nothing of what is inside. */
export function expectDecent({ statusCode, payload, headers }: InjectResponse): void {
  expect(statusCode).toBeGreaterThanOrEqual(200);
  expect(statusCode).toBeLessThan(500);
  if (statusCode < 400 || headers['content-encoding'] !== undefined || payload === '') return;
  expect(payload).not.toMatch(INTERNAL);
  expect(JSON.parse(payload)).toEqual({ detail: expect.anything() });
}

/** A request that works, to be sent after whatever may have broken something. */
export async function expectGood(app: TestingApplication): Promise<void> {
  for (const source of SOURCES) {
    const response = await send(app, httpEvents[source]({ url: '/good' }));
    expect([response.statusCode, response.payload]).toEqual([200, '{"good":true}']);
  }
}
