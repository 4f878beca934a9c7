import fc from 'fast-check';
import { jsonPieces } from '../../../../src/openapi/page/browser/json-pieces.js';

const textOf = (json: string) =>
  jsonPieces(json)
    ?.map(([, text]) => text)
    .join('');

test('JSON is indented as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, space) => {
      expect(textOf(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('numbers keep their digits', () => {
  expect(textOf('[12345678901234567890,1.10,1e999]')).toBe('[\n  12345678901234567890,\n  1.10,\n  1e999\n]');
});

test('each piece says what it is', () => {
  const kinds = jsonPieces('{"a":"b: \\"c\\"","d":[-1,true,null]}')!.filter(([kind]) => kind !== '');
  expect(kinds).toEqual([
    ['key', '"a"'],
    ['text', '"b: \\"c\\""'],
    ['key', '"d"'],
    ['number', '-1'],
    ['word', 'true'],
    ['word', 'null'],
  ]);
});

test.each(['', 'text', '{"a": ', '<p>'])('%j is no JSON', (text) => {
  expect(jsonPieces(text)).toBeUndefined();
});
