import type { SendOutcome } from './message-sender.js';
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
