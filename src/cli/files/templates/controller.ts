import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function controllerFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.controller.ts`]: `import { Controller, Get } from 'lambent';

@Controller('${kebab}')
export class ${pascal}Controller {
  @Get()
  list(): string[] {
    return [];
  }
}
`,
    [`${kebab}.controller.spec.ts`]: `import { Test, type TestingApplication } from 'lambent/testing';
import { ${pascal}Controller } from './${kebab}.controller.js';

let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ controllers: [${pascal}Controller] }).compile();
});

afterAll(() => app?.close());

test('GET /${kebab} returns an empty list', async () => {
  const response = await app.inject({ url: '/${kebab}' });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual([]);
});
`,
  };
}
