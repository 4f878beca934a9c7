import type { AttributeValue } from 'aws-lambda';
import type { MalformedEventError } from '../../errors/malformed-event-error.js';
import { pollutes } from '../../http/message/hostile-input.js';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { keyed, malformed } from './malformed-event.js';

/**
 * Converts an item's attributes to a plain object. Sets become lists, and binary values Buffers. Numbers become what
 * holds them without loss: a number, else a BigInt, else (a fraction with too many digits) text.
 *
 * @param path The place of the attributes in the event, for error messages.
 * @throws MalformedEventError naming the value that is not an `AttributeValue` of DynamoDB Streams.
 */
export function unmarshall(
  attributes: Readonly<Record<string, AttributeValue>>,
  path = 'item',
): Record<string, unknown> {
  try {
    return membersOf(attributes, 0) as Record<string, unknown>;
  } catch (error) {
    throw error instanceof Misfit ? error.at(path) : error;
  }
}

function membersOf(attributes: unknown, depth: number): unknown {
  if (!isJsonObject(attributes)) throw new Misfit(attributes, 'an object of attributes');
  const entries: [string, unknown][] = [];
  let name = '';
  try {
    for (name of Object.keys(attributes)) {
      const value = valueOf(attributes[name], depth);
      if (!pollutes(name, value)) entries.push([name, value]);
    }
  } catch (error) {
    throw placed(error, name);
  }
  return Object.fromEntries(entries);
}

/** DynamoDB allows 32 levels of nested lists and maps. */
const MAX_DEPTH = 64;

function valueOf(attribute: unknown, depth: number): unknown {
  const [type = '', ...others] = isJsonObject(attribute) ? Object.keys(attribute) : [];
  const read = READERS[type];
  if (!read || others.length > 0) throw new Misfit(attribute, 'an attribute of a DynamoDB type');
  if (depth >= MAX_DEPTH) throw new Misfit(attribute, `nested at most ${MAX_DEPTH} levels deep`);
  try {
    return read((attribute as PlainObject)[type], depth + 1);
  } catch (error) {
    throw placed(error, type);
  }
}

function itemsOf(read: (item: unknown, depth: number) => unknown) {
  return (items: unknown, depth: number): unknown[] => {
    if (!Array.isArray(items)) throw new Misfit(items, 'a list');
    let index = 0;
    try {
      const values: unknown[] = [];
      for (; index < items.length; index++) values.push(read(items[index], depth));
      return values;
    } catch (error) {
      throw placed(error, String(index));
    }
  };
}

/** A value that is not an attribute value. Its path is collected on the way up, so valid values need none. */
class Misfit extends Error {
  readonly #keys: string[] = [];

  constructor(
    readonly value: unknown,
    readonly wanted: string,
  ) {
    super();
  }

  within(key: string): this {
    this.#keys.unshift(key);
    return this;
  }

  at(path: string): MalformedEventError {
    return malformed(this.#keys.reduce(keyed, path), this.value, this.wanted);
  }
}

function placed(error: unknown, key: string): unknown {
  return error instanceof Misfit ? error.within(key) : error;
}

const READERS: Readonly<Record<string, (value: unknown, depth: number) => unknown>> = Object.assign(
  Object.create(null) as object,
  {
    S: textOf,
    N: numberOf,
    B: bytesOf,
    BOOL: booleanOf,
    NULL: () => null,
    L: itemsOf(valueOf),
    M: membersOf,
    SS: itemsOf(textOf),
    NS: itemsOf(numberOf),
    BS: itemsOf(bytesOf),
  },
);

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Misfit(value, 'text');
}

function booleanOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new Misfit(value, 'true or false');
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(textOf(value), 'base64');
}

// 38 digits, a sign, a point and an exponent take about 45 characters.
const MAX_NUMBER = 100;
const NUMBER = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3})?$/i;

/**
 * DynamoDB keeps 38 digits, a JavaScript number about 16. Up to 15 digits are exact, even if the number is written
 * differently.
 */
function numberOf(value: unknown): number | bigint | string {
  const text = textOf(value);
  if (text.length > MAX_NUMBER || !NUMBER.test(text)) throw new Misfit(value, 'a number as text');
  const number = Number(text);
  if (String(number) === text || significantDigits(text) <= 15) return number;
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

function significantDigits(text: string): number {
  const [mantissa = ''] = text.split(/e/i, 1);
  return mantissa.replace(/[-+.]/g, '').replace(/^0+|(?<!0)0+$/g, '').length;
}
