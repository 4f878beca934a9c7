import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

/** A new guard refuses everybody, so that a forgotten one leaves nothing open. */
export function guardFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.guard.ts`]: `import { type CanActivate, type ExecutionContext, Injectable } from 'lambent';

@Injectable()
export class ${pascal}Guard implements CanActivate {
  /** Refuses everybody with 403. Return true for those who may pass. */
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

test('everybody is refused', async () => {
  const app = await Test.createTestingModule({ controllers: [GuardedController] }).compile();
  const response = await app.inject({ url: '/guarded' });
  expect(response.statusCode).toBe(403);
  await app.close();
});
`,
  };
}

export function interceptorFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.interceptor.ts`]: `\
import { type CallHandler, type ExecutionContext, For, Injectable, type Interceptor } from 'lambent';

/** Adds a Server-Timing header with the duration of the method. */
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

test('the result is unchanged, and the response has its timing', async () => {
  const app = await Test.createTestingModule({ controllers: [InterceptedController] }).compile();
  const response = await app.inject({ url: '/intercepted' });
  expect(response.json()).toEqual(['read']);
  expect(response.headers['server-timing']).toMatch(/^method;dur=\\d+\\.\\d$/);
  await app.close();
});
`,
  };
}

export function pipeFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.pipe.ts`]: `import { BadRequestException, Injectable, type PipeTransform } from 'lambent';

/** Trims a text, and rejects an empty one. */
@Injectable()
export class ${pascal}Pipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text === '') throw new BadRequestException('Expected a non-empty text');
    return text;
  }
}
`,
    [`${kebab}.pipe.spec.ts`]: `import { ${pascal}Pipe } from './${kebab}.pipe.js';

test('a text is trimmed', () => {
  expect(new ${pascal}Pipe().transform(' a text ')).toBe('a text');
});

test.each([['   '], [undefined], [7]])('%p is rejected', (value) => {
  expect(() => new ${pascal}Pipe().transform(value)).toThrow('Expected a non-empty text');
});
`,
  };
}

export function filterFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.filter.ts`]: `\
import { Catch, type ExceptionFilter, type ExecutionContext, For, HttpException, JsonResponse } from 'lambent';

/** Adds the request path to error responses. */
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
    throw new NotFoundException('Nothing found');
  }
}

test('an error response has the path', async () => {
  const app = await Test.createTestingModule({ controllers: [FailingController] }).compile();
  const response = await app.inject({ url: '/failing' });
  expect(response.statusCode).toBe(404);
  expect(response.json()).toEqual({ detail: 'Nothing found', path: '/failing' });
  await app.close();
});
`,
  };
}
