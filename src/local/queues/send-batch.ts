import { asJsonObject, asList } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { QueueError, sqsError } from './queue-error.js';
import { MESSAGE_LIMIT, type QueueKind, readSendParameters, type SendParameters } from './send-parameters.js';

const MAX_ENTRIES = 10;

/** An entry of `SendMessageBatch` that is accepted, or the reason why it is refused. */
type BatchEntry = { readonly id: string } & (
  | { readonly parameters: SendParameters }
  | { readonly refusal: QueueError }
);

/**
 * Reads the entries of `SendMessageBatch`, each of which may be refused on its own.
 *
 * @throws QueueError when the whole request is refused.
 */
export function readBatch(entries: unknown, queue: QueueKind): BatchEntry[] {
  const list = asList(entries);
  if (list.length === 0)
    throw sqsError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.');
  if (list.length > MAX_ENTRIES) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${list.length}.`,
    );
  }
  const read = list.map((entry) => readEntry(asJsonObject(entry), queue));
  checkIds(read.map(({ id }) => id));
  checkLength(read);
  return read;
}

function readEntry(entry: PlainObject, queue: QueueKind): BatchEntry {
  const id = String(entry['Id']);
  try {
    return { id, parameters: readSendParameters(entry, queue) };
  } catch (error) {
    if (error instanceof QueueError) return { id, refusal: error };
    throw error;
  }
}

function checkIds(ids: readonly string[]): void {
  const odd = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (odd !== undefined) {
    throw sqsError(
      'InvalidBatchEntryId',
      `A batch entry id can only contain alphanumeric characters, hyphens and underscores, not ${JSON.stringify(odd)}.`,
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw sqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}

function checkLength(entries: readonly BatchEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + ('parameters' in entry ? entry.parameters.bytes : 0), 0);
  if (bytes <= MESSAGE_LIMIT) return;
  throw sqsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${MESSAGE_LIMIT} bytes. You have sent ${bytes} bytes.`,
  );
}
