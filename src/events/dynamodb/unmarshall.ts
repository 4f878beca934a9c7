import type { AttributeValue } from 'aws-lambda';
import { pollutes } from '../../http/json.js';

/**
 * Makes a plain object of an item's attributes. Sets become lists, binary values Buffers, numbers what holds them
 * without loss: a number, else a BigInt, else (a fraction with too many digits) text.
 *
 * @throws TypeError naming an attribute whose type is not known (AWS: `AttributeValue` of DynamoDB Streams).
 */
export function unmarshall(attributes: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  const members = Object.entries(attributes).map(([name, value]): [string, unknown] => [name, valueOf(value, name)]);
  return Object.fromEntries(members.filter(([name, value]) => !pollutes(name, value)));
}

function valueOf(attribute: AttributeValue, name: string): unknown {
  const [[type, value] = []] = Object.entries(attribute ?? {}) as [string, never][];
  const read = READERS[type ?? ''];
  if (!read) throw new TypeError(`The attribute ${JSON.stringify(name)} is of no type that DynamoDB has: ${type ?? 'none is given'}`);
  return read(value as never, name);
}

const READERS: Readonly<Record<string, (value: never, name: string) => unknown>> = Object.assign(Object.create(null) as object, {
  S: (text: string) => text,
  N: numberOf,
  B: bytesOf,
  BOOL: (value: boolean) => value,
  NULL: () => null,
  L: (items: AttributeValue[], name: string) => items.map((item) => valueOf(item, name)),
  M: unmarshall,
  SS: (texts: string[]) => texts,
  NS: (texts: string[]) => texts.map(numberOf),
  BS: (texts: string[]) => texts.map(bytesOf),
});

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64');
}

/** DynamoDB keeps 38 digits, a number about 16: of those that look different afterwards, up to 15 digits are still exact. */
function numberOf(text: string): number | bigint | string {
  const number = Number(text);
  if (String(number) === text || significantDigits(text) <= 15) return number;
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

function significantDigits(text: string): number {
  const mantissa = text.replace(/e.*$/i, '').replace(/[-+.]/g, '');
  return mantissa.replace(/^0+/, '').replace(/0+$/, '').length;
}
