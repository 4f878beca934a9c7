import fc from 'fast-check';
import { parseJson } from '../../src/http/json.js';

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

  it.each(['{"constructor":"Honda"}', '{"constructor":{"name":"x"}}', '{"prototype":1}', '"__proto__"'])('keeps what is harmless: %s', (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it('may begin with a byte order mark', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 });
    expect(() => parseJson('\ufeff')).toThrow(SyntaxError);
  });

  it('throws SyntaxError on what is none', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError);
  });

  it('is walked without recursion, however deep it is nested', () => {
    const depth = 5000;
    const text = `${'{"__proto__":1,"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(Object.keys(parseJson(text) as object)).toEqual(['a']);
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
