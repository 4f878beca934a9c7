import type { ElementName } from './element-name.js';
import type { Files } from './files.js';

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
