import fc from 'fast-check';
import { addToModule, moduleArgument } from '../../../src/cli/files/add-to-module.js';
import { withLineBreaksOf } from '../../../src/cli/files/changes.js';
import { loadParser, type ParsedFile } from '../../../src/cli/files/parse-source.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

const space = fc.constantFrom('', ' ', '\n', '\n    ', '\t', ' // [a, b]\n', '/* , ] */', ' /* a\n b */ ', '\n// },\n');
const spaces = fc.array(space, { maxLength: 3 }).map((parts) => parts.join(''));
const element = fc.constantFrom(
  'A',
  '...B',
  "C.forRoot({ x: [1, 2], y: '],' })",
  'D.forRoot({\n  a: 1,\n})',
  'forwardRef(() => E)',
  '`,${x}]`',
  '(F)',
  '/[,]/ as G',
);

/** Items with anything between them, and perhaps a comma at the end. */
function anyList(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const items = fc.array(fc.tuple(spaces, item, spaces), { maxLength: 4 });
  return fc.tuple(items, fc.boolean(), spaces).map(([all, comma, end]) => {
    const text = all.map((parts) => parts.join('')).join(',');
    return `[${text}${comma && all.length > 0 ? ',' : ''}${end}]`;
  });
}

const imports = anyList(element);
const others = fc.uniqueArray(
  fc.constantFrom('controllers: [X]', 'exports: []', "providers: [{ provide: 'p', useValue: [] }]"),
  { maxLength: 2 },
);
const metadata = fc.oneof(
  imports.chain((text) =>
    fc.tuple(others, fc.constant(text)).chain(([rest, value]) => members([...rest, `imports: ${value}`])),
  ),
  others.chain((rest) => members(rest)),
);

/** An object with exactly these members, in this order. */
function members(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(fc.tuple(spaces, spaces), { minLength: texts.length, maxLength: texts.length }),
      fc.boolean(),
      spaces,
    )
    .map(([around, comma, end]) => {
      const text = texts.map((member, index) => around[index]![0] + member + around[index]![1]).join(',');
      return `{${text}${comma && texts.length > 0 ? ',' : ''}${end}}`;
    });
}

/** The texts of a list's elements. */
function listed({ source, program, path }: ParsedFile): string[] {
  const { argument } = moduleArgument({ source, program, path });
  if (argument?.type !== 'ObjectExpression') throw new Error('No object');
  const list = argument.properties.flatMap((one) =>
    one.type === 'Property' && source.slice(one.key.start, one.key.end) === 'imports' ? [one.value] : [],
  )[0];
  if (list === undefined) return [];
  if (list.type !== 'ArrayExpression') throw new Error('No list');
  return list.elements.map((one) => source.slice(one!.start, one!.end));
}

/** Without what layout is made of. */
const letters = (text: string): string => text.replaceAll(/[\s,]/g, '');
const comments = (text: string): string[] => text.match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];

test('whatever the layout, the list has one more at its end, and all else is as it was', async () => {
  const parse = await loadParser();
  fc.assert(
    fc.property(metadata, fc.constantFrom('\n', '\r\n'), (text, lineBreak) => {
      const source = `import { Module } from 'lambent';\n@Module(${text})\nexport class AppModule {}\n`.replaceAll(
        '\n',
        lineBreak,
      );
      const before = parse('before', source);
      const after = parse(
        'after',
        withLineBreaksOf(
          source,
          addToModule(before, { list: 'imports', name: 'OrdersModule', from: './orders.module.js' }),
        ),
      );
      expect(listed(after)).toEqual([...listed(before), 'OrdersModule']);
      expect(comments(after.source)).toEqual(comments(source));
      expect(after.source.replaceAll('\r\n', '')).not.toContain(lineBreak === '\r\n' ? '\n' : '\r');
      const inserted = text.includes('imports: [') ? 'OrdersModule' : 'imports:[OrdersModule]';
      const rest = letters(after.source)
        .replace("import{OrdersModule}from'./orders.module.js';", '')
        .replace(inserted, '');
      expect(rest).toBe(letters(source));
    }),
    { numRuns: 500 },
  );
});
