import type { ElementName } from './element-name.js';
import type { Files } from './files.js';

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
