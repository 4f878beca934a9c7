import type { AttributeValue } from 'aws-lambda';
import fc from 'fast-check';
import { unmarshall } from '../../../src/events/reading/unmarshall.js';
import { marshall } from '../../../src/samples/dynamodb.js';

describe('unmarshalling', () => {
  it('knows every type', () => {
    expect(
      unmarshall({
        s: { S: '' },
        n: { N: '-1.5' },
        b: { B: 'AAEqQQ==' },
        yes: { BOOL: true },
        no: { BOOL: false },
        none: { NULL: true },
        list: { L: [{ S: 'a' }, { L: [] }, { M: { x: { N: '1' } } }] },
        map: { M: { deep: { M: { n: { N: '0' } } } } },
        ss: { SS: ['a', 'b'] },
        ns: { NS: ['1', '2.5'] },
        bs: { BS: ['AAEqQQ=='] },
      }),
    ).toEqual({
      s: '',
      n: -1.5,
      b: Buffer.from([0x00, 0x01, 0x2a, 0x41]),
      yes: true,
      no: false,
      none: null,
      list: ['a', [], { x: 1 }],
      map: { deep: { n: 0 } },
      ss: ['a', 'b'],
      ns: [1, 2.5],
      bs: [Buffer.from([0x00, 0x01, 0x2a, 0x41])],
    });
  });

  it.each<[string, unknown]>([
    ['0', 0],
    ['123.45', 123.45],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-12345678901234567890123456789012345678', -12345678901234567890123456789012345678n],
    ['1E+2', 100],
    ['1.50', 1.5],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['9.9999999999999999999999999999999999999E+125', '9.9999999999999999999999999999999999999E+125'],
    ['1E-130', 1e-130],
  ])('reads the number %s without loss', (text, value) => expect(unmarshall({ n: { N: text } })).toEqual({ n: value }));

  it.each<[unknown, string]>([
    [{}, ' is an empty object: it should be an attribute of a DynamoDB type'],
    [{ X: '1' }, ' is an object: it should be an attribute of a DynamoDB type'],
    [{ toString: '1' }, ' is an object: it should be an attribute of a DynamoDB type'],
    [{ S: 'a', N: '1' }, ' is an object: it should be an attribute of a DynamoDB type'],
    [null, ' is null: it should be an attribute of a DynamoDB type'],
    [{ S: 5 }, '["S"] is a number: it should be text'],
    [{ N: 'many' }, '["N"] is text: it should be a number as text'],
    [{ N: '0'.repeat(101) }, '["N"] is text: it should be a number as text'],
    [{ B: null }, '["B"] is null: it should be text'],
    [{ BOOL: 'yes' }, '["BOOL"] is text: it should be true or false'],
    [{ SS: 'a' }, '["SS"] is text: it should be a list'],
    [{ NS: ['1', {}] }, '["NS"]["1"] is an empty object: it should be text'],
    [{ M: [] }, '["M"] is an empty list: it should be an object of attributes'],
    [{ L: [{ M: { deep: { BS: [true] } } }] }, '["L"]["0"]["M"]["deep"]["BS"]["0"] is a boolean: it should be text'],
  ])('refuses %j, and says where it stands', (attribute, message) => {
    expect(() => unmarshall({ total: attribute as AttributeValue })).toThrow(`item["total"]${message}`);
  });

  it('refuses what is nested deeper than DynamoDB nests', () => {
    const nested = (levels: number): AttributeValue => (levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] });
    expect(unmarshall({ a: nested(32) })).toBeDefined();
    expect(() => unmarshall({ a: nested(5000) })).toThrow('nested at most 64 levels deep');
  });

  it('leaves out attributes that would pollute prototypes', () => {
    const item = JSON.parse(
      '{"__proto__":{"S":"x"},"constructor":{"M":{"prototype":{"M":{}}}},"id":{"S":"1"},"m":{"M":{"__proto__":{"NULL":true}}}}',
    );
    const plain = unmarshall(item as Record<string, AttributeValue>);
    expect(JSON.stringify(plain)).toBe('{"id":"1","m":{}}');
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
  });

  it('is the inverse of marshalling', () => {
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }).map((number) => number + 0),
        fc.bigInt({ min: 2n ** 60n, max: 2n ** 120n }).filter((integer) => String(Number(integer)) !== String(integer)),
        fc.boolean(),
        fc.constant(null),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((name) => name !== '__proto__' && name !== 'constructor'),
          tie('value'),
          { maxKeys: 3, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(fc.record({ a: value, b: value }), (item) => {
        expect(unmarshall(JSON.parse(JSON.stringify(marshall(item))) as Record<string, AttributeValue>)).toEqual(item);
      }),
    );
  });
});
