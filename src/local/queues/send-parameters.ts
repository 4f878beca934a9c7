import { createHash } from 'node:crypto';
import type { PlainObject } from '../../shared/types.js';
import { type MessageAttribute, readAttributes, sizeOf } from './message-attributes.js';
import { invalidParameter, missingParameter } from './queue-error.js';

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
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${MESSAGE_LIMIT} bytes.`);
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

function deduplicationIdOf(input: PlainObject, { fifo, contentBasedDeduplication }: QueueKind, body: string): string | undefined {
  const given = optionalText(input, 'MessageDeduplicationId');
  if (!fifo && given !== undefined) {
    throw invalidParameter(`Value ${given} for parameter MessageDeduplicationId is invalid. Reason: only FIFO queues have it.`);
  }
  if (!fifo || given !== undefined) return given;
  if (contentBasedDeduplication) return createHash('sha256').update(body).digest('hex');
  throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
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
