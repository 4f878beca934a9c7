import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { haveSameValues, SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { toYaml } from '../../../src/cli/sam/to-yaml.js';
import { objects } from './yaml-values.js';

const written = `\
OrdersQueue:
  Type: SQS
  Properties:
    Queue: !Sub arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:orders
    FunctionResponseTypes: [ReportBatchItemFailures]
    BatchSize: 10
    Version: '2012-10-17'
    Pattern: { source: [shop.orders], detail: { total: [{ numeric: ['>', 5] }], open: [true] } }
    Text: 'it is a text that a formatter breaks'
# A note for the user.
`;

/** The same, as formatters with other settings write it. */
const formatted: readonly (readonly [how: string, text: string])[] = [
  ['as it is', written],
  ['with other line ends and indentation', written.replaceAll(/^/gm, '      ').replaceAll('\n', '\r\n')],
  ['with double quotes', written.replaceAll("'", '"').replace('SQS', '"SQS"')],
  ['without its comment', written.replace(/^#.*\n/m, '')],
  ['with more comments', written.replace('SQS', 'SQS # ours').replace('    Batch', '    # ten\n\n    Batch')],
  ['with lists as blocks', written.replace('[ReportBatchItemFailures]', '\n      - ReportBatchItemFailures')],
  ['with lists below their key', written.replace('[ReportBatchItemFailures]', '\n    - ReportBatchItemFailures')],
  [
    'with brackets over several lines',
    written
      .replace('{ source: [shop.orders], detail:', '\n      {\n        source: [shop.orders],\n        detail:')
      .replace('[true] } }', '[true] },\n      }'),
  ],
  [
    'with objects as blocks',
    written
      .replace('{ source: [shop.orders], detail: {', '\n      source: [shop.orders]\n      detail:\n       ')
      .replace(', open', '\n        open')
      .replace('[true] } }', '[true]'),
  ],
  ['with broken text', written.replace('text that', 'text\n      that').replaceAll("'it", "'it")],
  ['with broken text without quotes', written.replace(/'it (.*) that (.*)'/, 'it $1\n      that $2')],
  ['in another order', written.replace(/^( +Queue:.*\n)( +Function.*\n)/m, '$2$1')],
];

test.each(formatted)('a text has the same values %s', (_how, text) => {
  expect(haveSameValues(text, written)).toBe(true);
});

test.each([
  ['another value', written.replace('10', '11')],
  ['a text in the place of a number', written.replace('10', "'10'")],
  ['a date in the place of a text', written.replace("'2012-10-17'", '2012-10-17')],
  ['no tag', written.replace('!Sub ', '')],
  ['another tag', written.replace('!Sub', '!GetAtt')],
  ['one member more', `${written}Other: {}\n`],
  ['one member less', written.replace(/ +BatchSize.*\n/, '')],
  ['a member of another object', written.replace('    BatchSize', '  BatchSize')],
  ['one item more', written.replace('Failures]', 'Failures, Other]')],
  ['a member twice', `${written}OrdersQueue: {}\n`],
  ['an alias of nothing', written.replace('10', '*ten')],
  ['text of several lines', written.replace('10', '|\n      10')],
  ['a bracket that is open', written.replace('Failures]', 'Failures')],
  ['a quote that is open', written.replace("breaks'", 'breaks')],
  ['an indentation that fits nothing', written.replace('    BatchSize', '     BatchSize')],
  ['a tab', written.replace('    BatchSize', '    \tBatchSize')],
  ['several documents', `${written}---\n${written}`],
  ['nothing', ''],
])('a text differs that has %s', (_what, text) => {
  expect(text).not.toBe(written);
  expect(haveSameValues(text, written)).toBe(false);
});

test('what is not YAML differs from itself', () => {
  expect(haveSameValues('A: [1\n', 'A: [1\n')).toBe(false);
});

/** With logical names and names of properties. YAML 1.1 reads some shorter ones as booleans. */
const values = objects(fc.stringMatching(/^[A-Z][\w:]{4,9}$/));
const styles = fc.record({
  indent: fc.constantFrom(2, 4),
  singleQuote: fc.constantFrom(true, false, null),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  lineWidth: fc.constantFrom(0, 40, 80),
} as const);

test('a text has the same values, whatever program writes it in whatever style', () => {
  fc.assert(
    fc.property(values, styles, (object, style) => {
      const text = stringify(object, { ...style, version: '1.1' });
      // The package writes ' \n' as a block that reads '\n'.
      fc.pre(isDeepStrictEqual(parse(text, { version: '1.1' }), object));
      expect(haveSameValues(text, toYaml(object))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('two texts have the same values where what they were written of is equal', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      expect(haveSameValues(toYaml(one), toYaml(other))).toBe(isDeepStrictEqual(one, other));
    }),
    { numRuns: 1000 },
  );
});

const marks = (events: string, variables: string) => `\
Events:
  # lambent:events
${events}  # lambent:end
Variables:
  # lambent:variables
${variables}  # lambent:end
`;

test('a template keeps the parts that have the same values, and gets those that differ', () => {
  const template = new SamTemplate('template.yaml', marks('  "A":\n      { Type: "SQS" }\n', '  B: 1\n'));
  expect(template.changed(['A:\n  Type: SQS\n', 'B: 2\n'])).toBe(marks('  "A":\n      { Type: "SQS" }\n', '  B: 2\n'));
});
