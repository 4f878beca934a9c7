import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function dtoFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.dto.ts`]: `import { IsString, Length } from 'class-validator';

export class ${pascal}Dto {
  @IsString()
  @Length(1, 100)
  name!: string;
}
`,
    [`${kebab}.dto.spec.ts`]: `import { validateSync } from 'class-validator';
import { ${pascal}Dto } from './${kebab}.dto.js';

function invalidProperties(input: object): string[] {
  return validateSync(Object.assign(new ${pascal}Dto(), input)).map(({ property }) => property);
}

test('a name is valid', () => {
  expect(invalidProperties({ name: 'a name' })).toEqual([]);
});

test.each([[{}], [{ name: '' }], [{ name: 7 }], [{ name: 'x'.repeat(101) }]])('%j has an invalid name', (input) => {
  expect(invalidProperties(input)).toEqual(['name']);
});
`,
  };
}
