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
  /** Of a FIFO queue. */
  readonly sequenceNumber: string | undefined;
  /** Milliseconds since 1970, as all times here are. */
  readonly sentAt: number;
  /** From when on it may be delivered. */
  visibleAt: number;
  /** How often it was delivered. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** The event in which Lambda delivers messages. */
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

/** What of a queue decides which parameters a message may have. */
export interface QueueKind {
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
}

/** What a message is sent with, checked. */
export interface SendParameters {
  readonly body: string;
  readonly attributes: readonly MessageAttribute[];
  readonly systemAttributes: readonly MessageAttribute[];
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Milliseconds. */
  readonly delay: number;
  /** What counts against {@link MESSAGE_LIMIT}. */
  readonly bytes: number;
}

/** Bytes of a message and of all messages of one request: 1 MiB (the quotas of SQS). */
export const MESSAGE_LIMIT = 1024 * 1024;

const LONGEST_DELAY = 900;

/** Reads the parameters of `SendMessage`, which are those of an entry of `SendMessageBatch`. @throws QueueError */
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
  if (fifo && seconds !== 0) throw invalidParameter(`${refusal}a FIFO queue has no delay of single messages.`);
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
      `Value ${given} for parameter MessageDeduplicationId is invalid. Reason: only FIFO queues have it.`,
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

/** SQS takes an empty text for none. */
function optionalText(input: PlainObject, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw invalidParameter(`The parameter ${name} takes text, not ${JSON.stringify(value)}.`);
}

interface MessageAttribute {
  readonly name: string;
  readonly dataType: string;
  /** As it is sent: text, or bytes in base64. */
  readonly value: string;
  readonly binary: boolean;
}

const MAXIMUM = 10;

/** Reads the parameter `MessageAttributes`, or `MessageSystemAttributes`. @throws QueueError */
function readAttributes(parameter: unknown = {}): MessageAttribute[] {
  if (!isJsonObject(parameter)) throw invalidParameter('Message attributes are an object of names and values.');
  const entries = Object.entries(parameter);
  if (entries.length > MAXIMUM)
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAXIMUM}].`,
    );
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
function sizeOf(attributes: readonly MessageAttribute[]): number {
  return attributes.reduce((sum, attribute) => {
    return sum + Buffer.byteLength(attribute.name) + Buffer.byteLength(attribute.dataType) + bytesOf(attribute).length;
  }, 0);
}

/** As an event has them. */
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
