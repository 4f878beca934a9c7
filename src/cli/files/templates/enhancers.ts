import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

/** A new guard lets nobody pass: one that was forgotten must not be open. */
export function guardFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.guard.ts`]: `import { type CanActivate, type ExecutionContext, Injectable } from 'lambent';

@Injectable()
export class ${pascal}Guard implements CanActivate {
  /** Nobody passes (403) until this says who may. */
  canActivate(_context: ExecutionContext): boolean {
    return false;
  }
}
`,
    [`${kebab}.guard.spec.ts`]: `import { Controller, Get, UseGuards } from 'lambent';
import { Test } from 'lambent/testing';
import { ${pascal}Guard } from './${kebab}.guard.js';

@Controller('guarded')
@UseGuards(${pascal}Guard)
class GuardedController {
  @Get()
  read(): string {
    return 'read';
  }
}

test('nobody passes', async () => {
  const app = await Test.createTestingModule({ controllers: [GuardedController] }).compile();
  const answer = await app.inject({ url: '/guarded' });
  expect(answer.statusCode).toBe(403);
  await app.close();
});
`,
  };
}

export function interceptorFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.interceptor.ts`]: `import { type CallHandler, type ExecutionContext, For, Injectable, type Interceptor } from 'lambent';

/** Tells the caller how long the method took. */
@For('http')
@Injectable()
export class ${pascal}Interceptor implements Interceptor {
  async intercept({ response }: ExecutionContext, next: CallHandler): Promise<unknown> {
    const start = performance.now();
    const result = await next.handle();
    response.headers['server-timing'] = \`method;dur=\${(performance.now() - start).toFixed(1)}\`;
    return result;
  }
}
`,
    [`${kebab}.interceptor.spec.ts`]: `import { Controller, Get, UseInterceptors } from 'lambent';
import { Test } from 'lambent/testing';
import { ${pascal}Interceptor } from './${kebab}.interceptor.js';

@Controller('intercepted')
@UseInterceptors(${pascal}Interceptor)
class InterceptedController {
  @Get()
  read(): string[] {
    return ['read'];
  }
}

test('the result stays, and its time is told', async () => {
  const app = await Test.createTestingModule({ controllers: [InterceptedController] }).compile();
  const answer = await app.inject({ url: '/intercepted' });
  expect(answer.json()).toEqual(['read']);
  expect(answer.headers['server-timing']).toMatch(/^method;dur=\\d+\\.\\d$/);
  await app.close();
});
`,
  };
}

export function pipeFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.pipe.ts`]: `import { BadRequestException, Injectable, type PipeTransform } from 'lambent';

/** Takes off the spaces around a text, and refuses one that is empty. */
@Injectable()
export class ${pascal}Pipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text === '') throw new BadRequestException('A text is needed');
    return text;
  }
}
`,
    [`${kebab}.pipe.spec.ts`]: `import { ${pascal}Pipe } from './${kebab}.pipe.js';

test('spaces around a text are taken off', () => {
  expect(new ${pascal}Pipe().transform(' a text ')).toBe('a text');
});

test.each([['   '], [undefined], [7]])('%p is refused', (value) => {
  expect(() => new ${pascal}Pipe().transform(value)).toThrow('A text is needed');
});
`,
  };
}

export function filterFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.filter.ts`]: `import { Catch, type ExceptionFilter, type ExecutionContext, For, HttpException, JsonResponse } from 'lambent';

/** Says in the answer which path an error is about. */
@For('http')
@Catch(HttpException)
export class ${pascal}Filter implements ExceptionFilter<HttpException> {
  catch({ detail, statusCode, headers }: HttpException, { request }: ExecutionContext): JsonResponse {
    return new JsonResponse({ detail, path: request.path }, { statusCode, headers });
  }
}
`,
    [`${kebab}.filter.spec.ts`]: `import { Controller, Get, NotFoundException, UseFilters } from 'lambent';
import { Test } from 'lambent/testing';
import { ${pascal}Filter } from './${kebab}.filter.js';

@Controller('failing')
@UseFilters(${pascal}Filter)
class FailingController {
  @Get()
  read(): never {
    throw new NotFoundException('There is nothing');
  }
}

test('the answer to an error has the path', async () => {
  const app = await Test.createTestingModule({ controllers: [FailingController] }).compile();
  const answer = await app.inject({ url: '/failing' });
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toEqual({ detail: 'There is nothing', path: '/failing' });
  await app.close();
});
`,
  };
}
