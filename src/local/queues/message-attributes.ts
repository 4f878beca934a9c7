import { createHash, type Hash } from 'node:crypto';
import type { SQSMessageAttributes } from 'aws-lambda';
import { asJsonObject, isJsonObject } from '../../shared/json-values.js';
import { invalidParameter } from './queue-error.js';

/** A validated message attribute. */
export interface MessageAttribute {
  readonly name: string;
  readonly dataType: string;
  /** The value as it was sent: text, or bytes in base64. */
  readonly value: string;
  readonly binary: boolean;
}

const MAX_ATTRIBUTES = 10;

/** Reads the parameter `MessageAttributes`, or `MessageSystemAttributes`. @throws QueueError */
export function readAttributes(parameter: unknown = {}): MessageAttribute[] {
  if (!isJsonObject(parameter)) throw invalidParameter('Message attributes must be an object of names and values.');
  const entries = Object.entries(parameter);
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  return entries.map(([name, value]) => readAttribute(name, value));
}

function readAttribute(name: string, given: unknown): MessageAttribute {
  const { DataType: dataType, StringValue: text, BinaryValue: bytes } = asJsonObject(given);
  const [, base] = typeof dataType === 'string' ? (/^(String|Number|Binary)(?:\..+)?$/.exec(dataType) ?? []) : [];
  if (base === undefined)
    throw invalidParameter(`The message attribute '${name}' must have a DataType of String, Number or Binary.`);
  const value = base === 'Binary' ? bytes : text;
  if (typeof value === 'string' && value !== '')
    return { name, dataType: String(dataType), value, binary: base === 'Binary' };
  throw invalidParameter(`The message attribute '${name}' must contain a non-empty value of the type ${base}.`);
}

/**
 * Returns the digest that clients check.
 *
 * @see The SQS guide, "Calculating the MD5 message digest for message attributes".
 */
export function digestOf(attributes: readonly MessageAttribute[]): string | undefined {
  if (attributes.length === 0) return undefined;
  const hash = createHash('md5');
  for (const attribute of attributes.toSorted(byName)) {
    addBytes(hash, Buffer.from(attribute.name));
    addBytes(hash, Buffer.from(attribute.dataType));
    hash.update(Buffer.of(attribute.binary ? 2 : 1));
    addBytes(hash, bytesOf(attribute));
  }
  return hash.digest('hex');
}

function byName(one: MessageAttribute, other: MessageAttribute): number {
  return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
}

function addBytes(hash: Hash, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}

function bytesOf({ value, binary }: MessageAttribute): Buffer {
  return Buffer.from(value, binary ? 'base64' : 'utf8');
}

/** Returns the bytes that count against the limit of a message. */
export function sizeOf(attributes: readonly MessageAttribute[]): number {
  return attributes.reduce((sum, attribute) => {
    return sum + Buffer.byteLength(attribute.name) + Buffer.byteLength(attribute.dataType) + bytesOf(attribute).length;
  }, 0);
}

/** Returns the attributes in the format of an event. */
export function recordAttributes(attributes: readonly MessageAttribute[]): SQSMessageAttributes {
  return Object.fromEntries(
    attributes.map(({ name, dataType, value, binary }) => [
      name,
      {
        ...(binary ? { binaryValue: value } : { stringValue: value }),
        stringListValues: [],
        binaryListValues: [],
        dataType,
      },
    ]),
  );
}
