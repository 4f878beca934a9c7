import { setTimeout as sleep } from 'node:timers/promises';
import { currentEventFields } from '../../logging/logger/event-fields.js';
import type { Outlet, OutgoingMessage, Receipt, SendFailure, SendOutcome } from './message-sender.js';

/** The most messages in one request, of all three services. */
const MOST_MESSAGES = 10;

/** The number of attempts to send a message that AWS did not take, and may take later. */
const MOST_ATTEMPTS = 5;

/** The upper bound in milliseconds of the first pause; it doubles with each further one. */
const FIRST_PAUSE = 100;

/** A message on its way, with its receipt or its failure. */
export interface PreparedMessage {
  readonly message: OutgoingMessage;
  readonly bytes: number;
  receipt?: Receipt;
  failure?: SendFailure;
}

/**
 * Sends messages in requests of up to ten, one after another, and tries those again that AWS did not take. Ends when
 * all are taken or refused, or the event's time is up.
 *
 * A request that fails as a whole ends it: by then the SDK has tried it several times. In a FIFO queue, what follows a
 * refused message of the same group is not sent.
 *
 * @returns The error of the failed request, if any.
 */
export async function sendBatches(
  prepared: readonly PreparedMessage[],
  outlet: Outlet,
  ordered: boolean,
): Promise<unknown> {
  const brokenGroups = new Set<string>();
  let waiting = prepared;
  while (waiting.length > 0) {
    if (ordered) holdBack(waiting, brokenGroups);
    const open = waiting.filter(({ failure }) => !failure);
    const batch = firstBatch(open, outlet.batchLimit);
    waiting = open.slice(batch.length);
    const error = await sendBatch(batch, outlet);
    if (error !== undefined) {
      for (const one of waiting) one.failure = NOT_TRIED;
      return error;
    }
    for (const { failure, message } of batch) if (failure) brokenGroups.add(String(message.groupId));
  }
  return undefined;
}

const NOT_TRIED: SendFailure = {
  code: 'NotTried',
  message: 'an earlier request failed, so no further one was made',
  mayRetry: true,
};

const HELD_BACK: SendFailure = {
  code: 'HeldBack',
  message: 'an earlier message of its group was not sent, so it was held back to keep the order',
  mayRetry: true,
};

function holdBack(prepared: readonly PreparedMessage[], groups: ReadonlySet<string>): void {
  for (const one of prepared) if (groups.has(String(one.message.groupId))) one.failure = HELD_BACK;
}

function firstBatch(prepared: readonly PreparedMessage[], limit: number): readonly PreparedMessage[] {
  let bytes = 0;
  const end = prepared.slice(0, MOST_MESSAGES).findIndex((one, index) => {
    bytes += one.bytes;
    return bytes > limit && index > 0;
  });
  return prepared.slice(0, end === -1 ? MOST_MESSAGES : end);
}

/** Sends one batch until each of its messages is taken or refused. Returns the error of a request that failed. */
async function sendBatch(batch: readonly PreparedMessage[], outlet: Outlet): Promise<unknown> {
  let open = batch;
  for (let attempt = 1; open.length > 0; attempt++) {
    const error = await sendOnce(open, outlet);
    if (error !== undefined) return error;
    open = open.filter(({ failure }) => failure?.mayRetry === true);
    if (open.length === 0 || attempt === MOST_ATTEMPTS || !(await pause(attempt))) return undefined;
  }
  return undefined;
}

async function sendOnce(prepared: readonly PreparedMessage[], outlet: Outlet): Promise<unknown> {
  const signal = currentEventFields()?.event?.deadline?.signal;
  try {
    const messages = prepared.map(({ message }) => message);
    settle(prepared, await outlet.send(messages, signal));
    return undefined;
  } catch (error) {
    const failure = { ...failureOf(error), mayRetry: true };
    for (const one of prepared) one.failure = failure;
    return error;
  }
}

function settle(prepared: readonly PreparedMessage[], outcomes: readonly SendOutcome[]): void {
  for (const [index, one] of prepared.entries()) {
    const outcome = outcomes[index] ?? { failure: NO_ANSWER };
    delete one.failure;
    if ('receipt' in outcome) one.receipt = outcome.receipt;
    else one.failure = outcome.failure;
  }
}

/** Not tried again: it may have been taken. */
export const NO_ANSWER: SendFailure = {
  code: 'NoAnswer',
  message: 'the response does not mention the message',
  mayRetry: false,
};

function failureOf(error: unknown): Pick<SendFailure, 'code' | 'message'> {
  const { name, message } = Object(error) as Partial<Error>;
  return name === 'AbortError'
    ? { code: 'TimeUp', message: 'the time of the event was up while the request was under way' }
    : { code: name || 'Error', message: message || String(error) };
}

/**
 * Waits for a random time up to a bound that doubles, so that many instances don't come back at once.
 *
 * @returns Whether there is time for another attempt.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
async function pause(attempt: number): Promise<boolean> {
  const { left = Number.POSITIVE_INFINITY, signal } = currentEventFields()?.event?.deadline ?? {};
  const milliseconds = Math.random() * FIRST_PAUSE * 2 ** (attempt - 1);
  if (left <= milliseconds) return false;
  return sleep(milliseconds, true, signal && { signal }).catch(() => false);
}
