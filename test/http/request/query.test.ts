import fc from 'fast-check';
import { BadRequestException } from '../../../src/errors/exceptions.js';
import {
  decodeFormComponent,
  formatQuery,
  isPlainQuery,
  parseFormPairs,
  plainValueOf,
  recordOf,
  valueOf,
} from '../../../src/http/request/query.js';
import { MAX_QUERY_PARAMETERS } from '../../../src/shared/input-limits.js';

describe('a query string', () => {
  it.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=x+y%2Bz', [['a', 'x y+z']]],
    ['a=1=2', [['a', '1=2']]],
    [
      'a=&b',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['=x', [['', 'x']]],
    ['&&a=1&', [['a', '1']]],
    ['a%20b=%C3%BC', [['a b', 'ü']]],
    ['', []],
  ])('%j is read as %j', (text, pairs) => {
    expect(parseFormPairs(text)).toEqual(pairs);
  });

  it.each(['%', '%zz', '%C3', 'a%FF'])('with the malformed encoding %j is 400', (text) => {
    expect(() => decodeFormComponent(text)).toThrow(BadRequestException);
    expect(() => parseFormPairs(`a=${text}`)).toThrow('Malformed percent-encoding');
  });

  it('gives arrays for repeated names, and nothing inherited', () => {
    const record = recordOf([
      ['a', '1'],
      ['a', '2'],
      ['a', '3'],
      ['b', '4'],
      ['__proto__', '5'],
    ]);
    expect(Object.entries(record)).toEqual([
      ['a', ['1', '2', '3']],
      ['b', '4'],
    ]);
    expect(record['constructor']).toBeUndefined();
  });

  it('has the same values by name whether pairs are made of it or not', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '=', '&', '_', '__proto__', ' ', ']', '.') });
    fc.assert(
      fc.property(piece, piece, (text, name) => {
        fc.pre(isPlainQuery(text));
        expect(plainValueOf(text, name)).toEqual(valueOf(parseFormPairs(text), name));
      }),
    );
  });

  it('is not plain with anything to decode, a list, or too many parameters', () => {
    const others = ['a=%61', 'a=b+c', 'a[]=1', 'a'.repeat(MAX_QUERY_PARAMETERS + 1)];
    expect(others.filter(isPlainQuery)).toEqual([]);
  });

  it('is the same again after it was written', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        expect(parseFormPairs(formatQuery(pairs))).toEqual(pairs);
      }),
    );
  });
});
