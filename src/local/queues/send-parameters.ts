import { createHash } from 'node:crypto';
import type { PlainObject } from '../../shared/types.js';
import { type MessageAttribute, readAttributes, sizeOf } from './message-attributes.js';
import { invalidParameter, missingParameter } from './queue-error.js';

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
