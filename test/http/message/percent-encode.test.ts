import { percentEncode } from '../../../src/http/message/percent-encode.js';
import { formatQuery } from '../../../src/http/request/query.js';

describe('percentEncode', () => {
  it.each([
    ['a b/c', 'a%20b%2Fc'],
    ['é🍋', '%C3%A9%F0%9F%8D%8B'],
    ['', ''],
    ['\ud800', '%EF%BF%BD'],
    ['a\udc00🍋\ud83c', 'a%EF%BF%BD%F0%9F%8D%8B%EF%BF%BD'],
  ])('makes %j into %j, halves of surrogate pairs included', (text, encoded) => {
    expect(percentEncode(text)).toBe(encoded);
  });

  it('keeps a query that holds half a character from failing', () => {
    expect(formatQuery([['\ud800', 'a\udfff']])).toBe('%EF%BF%BD=a%EF%BF%BD');
  });
});
