// Compiled by `npm run types`, never run.
import type { APIGatewayProxyHandlerV2, Context, Handler, SQSHandler } from 'aws-lambda';
import * as zod from 'zod';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { Logger } from '../../src/contracts/logger.js';
import type {
  CanActivate,
  ExceptionFilter,
  ExecutionContext,
  Interceptor,
  PipeTransform,
} from '../../src/contracts/pipeline.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { For, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Body, Cookies, createParamDecorator, Form, Query } from '../../src/decorators/parameters.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { HttpException } from '../../src/errors/http-exception.js';
import { ValidationException } from '../../src/errors/validation-exception.js';
import { Response } from '../../src/http/response/response.js';
import type { Provider } from '../../src/shared/provider.js';
import { ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { expectType, type Same } from './expect-type.js';

void new HttpException(409, 'Locked', { errorDetail: 'row 7' });
void new HttpException('Locked', 409, { errorDetail: 'row 7' });
void new HttpException({ code: 'locked' }, 409);
// @ts-expect-error -- a status is missing
void new HttpException('Locked');
// @ts-expect-error -- the status is no text
void new HttpException('Locked', '409');

class Order {
  name!: string;
}

class Allow implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.request.method === 'GET';
  }
}

class Wrap implements Interceptor<string, string> {
  async intercept(_context: ExecutionContext, next: { handle(): Promise<string> }): Promise<string> {
    return `${await next.handle()}!`;
  }
}

class Upper implements PipeTransform<string, string> {
  transform(value: string): string {
    return value.toUpperCase();
  }
}

class NotFoundFilter implements ExceptionFilter<NotFoundException> {
  catch(error: NotFoundException): Response {
    return new Response(error.message, { statusCode: 404 });
  }
}

// The handler is one of Lambda's, of any source.
export const { handler } = LambdaApplication.create(class {});
export const anyHandler: Handler = handler;
export const httpHandler: Handler<Parameters<APIGatewayProxyHandlerV2>[0], unknown> = handler;
export const queueHandler: Handler<Parameters<SQSHandler>[0], unknown> = handler;
declare const context: Context;
expectType<Same<ReturnType<typeof handler>, Promise<unknown>>>();
void handler({}, context);
// @ts-expect-error Lambda gives a context
void handler({});

// `ready` gives the application itself.
const app = LambdaApplication.create(class {});
expectType<Same<Awaited<ReturnType<typeof app.ready>>, LambdaApplication>>();
const client = app.enterAsyncContext(
  async () => new Allow(),
  (opened) => void opened.canActivate,
);
expectType<Same<typeof client, Promise<Allow>>>();
const done = app.runAsync(async () => 7);
expectType<Same<typeof done, Promise<number>>>();
// @ts-expect-error nothing but applications made by `create`
export const made = new LambdaApplication();

// Options.
LambdaApplication.create(class {}, {
  guards: [Allow, new Allow()],
  interceptors: [Wrap],
  pipes: [new Upper()],
  filters: [NotFoundFilter],
  accessLog: { lambdaFields: true },
  cors: true,
  versioning: { type: 'header', name: 'x-api-version' },
  unhandledErrors: 'respond',
  validation: { whitelist: true, groups: ['create'] },
  json: JSON,
});
// @ts-expect-error a misspelt option
LambdaApplication.create(class {}, { guard: [] });
// @ts-expect-error a pipe is no guard
LambdaApplication.create(class {}, { guards: [Upper] });
// @ts-expect-error versions in a header need its name
LambdaApplication.create(class {}, { versioning: { type: 'header' } });
export const globalGuard: Provider<CanActivate> = { provide: APP_GUARD, useClass: Allow };
// @ts-expect-error a pipe is no guard
export const wrongGuard: Provider<CanActivate> = { provide: APP_GUARD, useClass: Upper };

// Enhancers take classes and instances of their kind, on classes and on methods.
@Controller({ path: ['a', 'b'], version: ['1', '2'] })
@UseGuards(Allow, new Allow())
@UseInterceptors(Wrap)
@UsePipes(Upper)
@UseFilters(new NotFoundFilter())
@Timeout(3)
export class Decorated {
  @Get(['x', 'y/:id'], { status: 202 })
  @UseGuards(Allow)
  method(
    @Query() _all: Record<string, string>,
    @Query('n', ParseIntPipe) _n: number,
    @Query('q', new Upper(), Upper) _q: string,
    @Query(zod.object({ a: zod.string() })) _schema: { a: string },
    @Body(Order) _order: Order,
    @Body('name', zod.string()) _name: string,
    @Cookies('session') _session: string,
  ) {}

  @Post() async create(_order: Order): Promise<void> {}
}
// @ts-expect-error a pipe is no guard
UseGuards(Upper);
// @ts-expect-error neither is an instance of one
UseGuards(new Upper());
// @ts-expect-error a guard is no interceptor
UseInterceptors(Allow);
// @ts-expect-error a guard is no pipe
UsePipes(new Allow());
// @ts-expect-error a filter has catch
UseFilters(Wrap);
// @ts-expect-error an object without transform is no pipe
Query('q', { parse: () => 1 });
// @ts-expect-error a status is a number
Get('x', { status: '200' });
// @ts-expect-error seconds are a number
Timeout('3');

// Parameter decorators of one's own say what their data is.
const User = createParamDecorator((key: 'id' | 'name', { request }: ExecutionContext) =>
  request.header(`x-user-${key}`),
);
User('id');
User('name', ParseIntPipe);
User(ParseIntPipe);
User(new ParseIntPipe(), ParseIntPipe);
// @ts-expect-error no such key
User('email');

// Kinds of events.
For('http', 'sqs', 'record')(Allow);
// @ts-expect-error there is no such kind
For('rpc');
// @ts-expect-error one at least
For();
// @ts-expect-error it stands on a class
For('http')(Decorated.prototype, 'get', {});

// What a route takes for a body.
Post('', { consumes: ['json', 'form'] });
Controller({ path: 'a', consumes: 'any' });
Form('name', ParseIntPipe);
// @ts-expect-error a media type is no kind of body
Post('', { consumes: 'application/json' });
// @ts-expect-error there is no such way to read a query
LambdaApplication.create(Decorated, { query: 'deep' });
LambdaApplication.create(Decorated, {
  basePath: ['/v1', '/v2'],
  ignoreTrailingSlash: true,
  caseSensitive: false,
  query: 'nested',
});

// Metadata that knows its type.
const Roles = Reflector.createDecorator<string[]>();
applyDecorators(Roles(['admin']), SetMetadata('public', true), UseGuards(Allow));
// @ts-expect-error roles are a list
Roles('admin');
const roles = new Reflector().getAllAndOverride(Roles, [Decorated]);
expectType<Same<typeof roles, string[] | undefined>>();
const merged = new Reflector().getAllAndMerge(Roles, [Decorated]);
expectType<Same<typeof merged, string[]>>();

// Errors.
export const error = new HttpException(
  404,
  { id: 7 },
  { headers: { 'x-a': ['1', '2'] }, errorDetail: 'for the log', cause: new Error('x') },
);
export const validation = new ValidationException([{ loc: ['body', 'lines', 0], msg: 'no', type: 'isString' }]);
expectType<
  Same<typeof validation.detail, { loc: (string | number)[]; msg: string; type: string; context?: object }[]>
>();
// @ts-expect-error a detail says where
export const incomplete = new ValidationException([{ msg: 'no', type: 'isString' }]);
// @ts-expect-error a header is a text
export const wrongHeader = new NotFoundException('x', { headers: { 'x-a': 1 } });

// The logger is abstract: a token and a type.
// @ts-expect-error it can not be constructed
export const logger = new Logger();
export declare const own: Logger;
own.warning('careful', { left: 1 });
// @ts-expect-error there is no such level
own.verbose('x');
