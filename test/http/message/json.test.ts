import fc from 'fast-check';
import { parseJson } from '../../../src/http/message/json.js';

const nested = (levels: number) => `${'{"__proto__":1,"a":['.repeat(levels / 2)}"]}\\""${']}'.repeat(levels / 2)}`;

describe('JSON of a caller', () => {
  it.each([
    ['{"__proto__":{"admin":true},"a":1}', { a: 1 }],
    ['{"a":[{"b":{"__proto__":{"admin":true}}}]}', { a: [{ b: {} }] }],
    ['{"\\u005f_proto__":{"admin":true}}', {}],
    ['{"constructor":{"prototype":{"admin":true}}}', {}],
    ['{"constr\\u0075ctor":{"prototype":1}}', {}],
  ])('loses what could pollute prototypes: %s', (text, value) => {
    const parsed = parseJson(text);
    expect(parsed).toEqual(value);
    expect(Object.keys(parsed as object)).toEqual(Object.keys(value));
  });

  it.each(['{"constructor":"Honda"}', '{"constructor":{"name":"x"}}', '{"prototype":1}', '"__proto__"'])(
    'keeps what is harmless: %s',
    (text) => {
      expect(JSON.stringify(parseJson(text))).toBe(text);
    },
  );

  it('may begin with a byte order mark', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 });
    expect(() => parseJson('\ufeff')).toThrow(SyntaxError);
  });

  it('throws SyntaxError on what is none', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError);
  });

  it('may be nested 64 levels deep, and no more', () => {
    expect(Object.keys(parseJson(nested(64)) as object)).toEqual(['a']);
    for (const levels of [66, 10_000, 100_000])
      expect(() => parseJson(nested(levels))).toThrow('The input is nested more than 64 levels deep');
    // Also what is no JSON: nobody has to find that out.
    expect(() => parseJson('['.repeat(65 * 2))).toThrow('nested more than 64 levels deep');
  });

  it('may have any number of lists beside each other, and brackets in its texts', () => {
    const many = `[${Array.from({ length: 1000 }, () => '[{}]').join()}]`;
    const texts = JSON.stringify(Array.from({ length: 100 }, () => '[{"\\[{'));
    expect([parseJson(many), parseJson(texts)]).toEqual([JSON.parse(many), JSON.parse(texts)]);
  });

  it('is what JSON.parse gives for harmless values', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/proto|constructor/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is parsed by the codec of the application', () => {
    expect(parseJson('x', { parse: () => 7, stringify: JSON.stringify })).toBe(7);
  });
});
