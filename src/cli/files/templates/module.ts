import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function moduleFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.module.ts`]: `import { Module } from 'lambent';

@Module({})
export class ${pascal}Module {}
`,
    [`${kebab}.module.spec.ts`]: `import { Test } from 'lambent/testing';
import { ${pascal}Module } from './${kebab}.module.js';

test('the module bootstraps', async () => {
  const app = await Test.createTestingModule({ imports: [${pascal}Module] }).compile();
  expect(app.get(${pascal}Module)).toBeInstanceOf(${pascal}Module);
  await app.close();
});
`,
  };
}
