import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function serviceFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.service.ts`]: `import { Injectable } from 'lambent';

@Injectable()
export class ${pascal}Service {
  list(): string[] {
    return [];
  }
}
`,
    [`${kebab}.service.spec.ts`]: `import { ${pascal}Service } from './${kebab}.service.js';

test('the list is empty', () => {
  expect(new ${pascal}Service().list()).toEqual([]);
});
`,
  };
}
