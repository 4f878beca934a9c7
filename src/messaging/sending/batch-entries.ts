import type { AttributeValue, SendOutcome } from './message-sender.js';
import { NO_ANSWER } from './send-batches.js';

/** The result of `SendMessageBatch` of SQS and `PublishBatch` of SNS: entries by the ids of the request. */
export interface BatchResult {
  readonly Successful?: readonly TakenEntry[] | undefined;
  readonly Failed?: readonly RefusedEntry[] | undefined;
}

interface TakenEntry {
  readonly Id?: string | undefined;
  readonly MessageId?: string | undefined;
  readonly SequenceNumber?: string | undefined;
}

interface RefusedEntry {
  readonly Id: string | undefined;
  readonly Code: string | undefined;
  readonly Message?: string | undefined;
  readonly SenderFault: boolean | undefined;
}

/** Returns the outcome of each entry, whose ids are their positions. */
export function outcomesOf(count: number, { Successful = [], Failed = [] }: BatchResult): SendOutcome[] {
  const byId = new Map<string | undefined, SendOutcome>();
  for (const { Id, MessageId = '', SequenceNumber } of Successful)
    byId.set(Id, { receipt: { messageId: MessageId, ...(SequenceNumber && { sequenceNumber: SequenceNumber }) } });
  for (const { Id, Code = 'Unknown', Message = Code, SenderFault } of Failed)
    // What is wrong with the message stays wrong.
    byId.set(Id, { failure: { code: Code, message: Message, mayRetry: SenderFault === false } });
  return Array.from({ length: count }, (_, index) => byId.get(String(index)) ?? { failure: NO_ANSWER });
}

/** A message attribute in a request to SQS or SNS. */
interface SentAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Returns attributes as SQS and SNS take them; `undefined` without any. */
export function sentAttributes(attributes: Attributes): Record<string, SentAttribute> | undefined {
  const entries = Object.entries(attributes);
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name, sentAttribute(value)]));
}

function sentAttribute(value: AttributeValue): SentAttribute {
  if (value instanceof Uint8Array) return { DataType: 'Binary', BinaryValue: value };
  return { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) };
}

/**
 * Returns the bytes of names, types and values, which count like those of the message (SQS guide, "Message
 * attributes").
 */
export function attributesSize(attributes: Attributes): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => {
    const { DataType, StringValue = '', BinaryValue } = sentAttribute(value);
    return (
      sum + Buffer.byteLength(name) + DataType.length + (BinaryValue?.length ?? 0) + Buffer.byteLength(StringValue)
    );
  }, 0);
}
