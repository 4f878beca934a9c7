import { createHash, type Hash } from 'node:crypto';
import type { SQSMessageAttributes } from 'aws-lambda';
import { isRecord } from '../../events/is-record.js';
import { invalidParameter } from './queue-error.js';

export interface MessageAttribute {
  readonly name: string;
  readonly dataType: string;
  /** As it is sent: text, or bytes in base64. */
  readonly value: string;
  readonly binary: boolean;
}

const MAXIMUM = 10;

/** Reads the parameter `MessageAttributes`, or `MessageSystemAttributes`. @throws QueueError */
export function readAttributes(parameter: unknown = {}): MessageAttribute[] {
  if (!isRecord(parameter)) throw invalidParameter('Message attributes are an object of names and values.');
  const entries = Object.entries(parameter);
  if (entries.length > MAXIMUM) throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAXIMUM}].`);
  return entries.map(([name, value]) => readAttribute(name, value));
}

function readAttribute(name: string, given: unknown): MessageAttribute {
  const { DataType: dataType, StringValue: text, BinaryValue: bytes } = isRecord(given) ? given : {};
  const [, base] = typeof dataType === 'string' ? (/^(String|Number|Binary)(?:\..+)?$/.exec(dataType) ?? []) : [];
  if (base === undefined) throw invalidParameter(`The message attribute '${name}' must have a DataType of String, Number or Binary.`);
  const value = base === 'Binary' ? bytes : text;
  if (typeof value === 'string' && value !== '') return { name, dataType: String(dataType), value, binary: base === 'Binary' };
  throw invalidParameter(`The message attribute '${name}' must contain a non-empty value of the type ${base}.`);
}

/** The digest that clients compare (the SQS guide, "Calculating the MD5 message digest for message attributes"). */
export function digestOf(attributes: readonly MessageAttribute[]): string | undefined {
  if (attributes.length === 0) return undefined;
  const hash = createHash('md5');
  for (const attribute of attributes.toSorted(byName)) addTo(hash, attribute);
  return hash.digest('hex');
}

function byName(one: MessageAttribute, other: MessageAttribute): number {
  return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
}

function addTo(hash: Hash, attribute: MessageAttribute): void {
  addBytes(hash, Buffer.from(attribute.name));
  addBytes(hash, Buffer.from(attribute.dataType));
  hash.update(Buffer.of(attribute.binary ? 2 : 1));
  addBytes(hash, bytesOf(attribute));
}

function addBytes(hash: Hash, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}

function bytesOf({ value, binary }: MessageAttribute): Buffer {
  return Buffer.from(value, binary ? 'base64' : 'utf8');
}

/** Bytes that count against the limit of a message. */
export function sizeOf(attributes: readonly MessageAttribute[]): number {
  return attributes.reduce((sum, attribute) => {
    return sum + Buffer.byteLength(attribute.name) + Buffer.byteLength(attribute.dataType) + bytesOf(attribute).length;
  }, 0);
}

/** As an event has them. */
export function toRecordAttributes(attributes: readonly MessageAttribute[]): SQSMessageAttributes {
  return Object.fromEntries(
    attributes.map(({ name, dataType, value, binary }) => [
      name,
      { ...(binary ? { binaryValue: value } : { stringValue: value }), stringListValues: [], binaryListValues: [], dataType },
    ]),
  );
}
