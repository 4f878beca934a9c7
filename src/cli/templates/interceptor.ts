import type { ElementName } from './element-name.js';
import type { Files } from './files.js';

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
