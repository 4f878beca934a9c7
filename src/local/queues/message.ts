import { createHash, type Hash } from 'node:crypto';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import type { RecordChanges } from '../../samples/records.js';
import { sampleSqs } from '../../samples/sqs.js';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { invalidParameter, missingParameter } from './queue-error.js';

/** A message in a queue. */
export interface Message extends SendParameters {
  readonly id: string;
  /** Set in FIFO queues. */
  readonly sequenceNumber: string | undefined;
  /** Milliseconds since the Unix epoch, as all times here. */
  readonly sentAt: number;
  /** When the message may be delivered. */
  visibleAt: number;
  /** The number of deliveries. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** Returns the event that delivers messages to the function. */
export function eventOf(queue: string, messages: readonly Message[]): SQSEvent {
  const bodies = messages.map(({ body }) => body);
  return sampleSqs(queue, bodies, (index) => recordOf(messages[index]!));
}

function recordOf(message: Message): RecordChanges<SQSRecord> {
  const { id, attributes, systemAttributes, group, deduplicationId, sequenceNumber } = message;
  const digest = digestOf(attributes);
  return {
    messageId: id,
    receiptHandle: `${id}#${message.receiveCount}`,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(group !== undefined && { MessageGroupId: group }),
      ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
      ...Object.fromEntries(systemAttributes.map(({ name, value }) => [name, value])),
    },
    messageAttributes: toRecordAttributes(attributes),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
  };
}

/** The attributes of a queue that decide which parameters a message may have. */
export interface QueueKind {
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
}

/** The validated parameters of a message. */
export interface SendParameters {
  readonly body: string;
  readonly attributes: readonly MessageAttribute[];
  readonly systemAttributes: readonly MessageAttribute[];
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Milliseconds until the message becomes visible. */
  readonly delay: number;
  /** The size that counts against {@link MESSAGE_LIMIT}. */
  readonly bytes: number;
}

/** The limit in bytes of a message, and of all messages of one request: 1 MiB (the quotas of SQS). */
export const MESSAGE_LIMIT = 1024 * 1024;

/** Seconds. */
const LONGEST_DELAY = 900;

/** Reads the parameters of `SendMessage`, or of an entry of `SendMessageBatch`. @throws QueueError */
export function readSendParameters(input: PlainObject, queue: QueueKind): SendParameters {
  const body = requiredText(input, 'MessageBody');
  const attributes = readAttributes(input['MessageAttributes']);
  const bytes = Buffer.byteLength(body) + sizeOf(attributes);
  if (bytes > MESSAGE_LIMIT) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MESSAGE_LIMIT} bytes.`,
    );
  }
  return {
    body,
    attributes,
    bytes,
    systemAttributes: readAttributes(input['MessageSystemAttributes']),
    delay: delayOf(input, queue),
    group: queue.fifo ? requiredText(input, 'MessageGroupId') : optionalText(input, 'MessageGroupId'),
    deduplicationId: deduplicationIdOf(input, queue, body),
  };
}

function delayOf({ DelaySeconds: seconds }: PlainObject, { fifo }: QueueKind): number {
  if (seconds === undefined || seconds === null) return 0;
  const refusal = `Value ${JSON.stringify(seconds)} for parameter DelaySeconds is invalid. Reason: `;
  if (!Number.isInteger(seconds) || Number(seconds) < 0 || Number(seconds) > LONGEST_DELAY) {
    throw invalidParameter(`${refusal}DelaySeconds must be >= 0 and <= ${LONGEST_DELAY}.`);
  }
  if (fifo && seconds !== 0) throw invalidParameter(`${refusal}FIFO queues do not support delays of single messages.`);
  return Number(seconds) * 1000;
}

function deduplicationIdOf(
  input: PlainObject,
  { fifo, contentBasedDeduplication }: QueueKind,
  body: string,
): string | undefined {
  const given = optionalText(input, 'MessageDeduplicationId');
  if (!fifo && given !== undefined) {
    throw invalidParameter(
      `Value ${given} for parameter MessageDeduplicationId is invalid. Reason: only FIFO queues support it.`,
    );
  }
  if (!fifo || given !== undefined) return given;
  if (contentBasedDeduplication) return createHash('sha256').update(body).digest('hex');
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function requiredText(input: PlainObject, name: string): string {
  const text = optionalText(input, name);
  if (text === undefined) throw missingParameter(name);
  return text;
}

/** Reads an optional string. SQS treats an empty string as absent. */
function optionalText(input: PlainObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw invalidParameter(`The parameter ${name} must be a string, not ${JSON.stringify(value)}.`);
}

interface MessageAttribute {
  readonly name: string;
  readonly dataType: string;
  /** The value as it was sent: text, or bytes in base64. */
  readonly value: string;
  readonly binary: boolean;
}

const MAX_ATTRIBUTES = 10;

/** Reads the parameter `MessageAttributes`, or `MessageSystemAttributes`. @throws QueueError */
function readAttributes(parameter: unknown = {}): MessageAttribute[] {
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
  const { DataType: dataType, StringValue: text, BinaryValue: bytes } = isJsonObject(given) ? given : {};
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
function sizeOf(attributes: readonly MessageAttribute[]): number {
  return attributes.reduce((sum, attribute) => {
    return sum + Buffer.byteLength(attribute.name) + Buffer.byteLength(attribute.dataType) + bytesOf(attribute).length;
  }, 0);
}

/** Returns the attributes in the format of an event. */
function toRecordAttributes(attributes: readonly MessageAttribute[]): SQSMessageAttributes {
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
