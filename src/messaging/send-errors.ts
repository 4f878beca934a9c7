import type { ValidationDetail } from '../errors/validation-detail.js';
import { brand } from '../shared/brand.js';
import { type Destination, labelOfDestination } from '../shared/destination.js';
import type { Receipt, SendFailure } from './sending/message-sender.js';

/** The mistake in one message, or in the options for it. */
export interface MessageProblem {
  /** The position of the message in the list. */
  readonly index: number;
  /** The broken rules of its DTO class or schema. `loc` begins with `body`. */
  readonly details: readonly ValidationDetail[];
}

/** The number of problems that the message of an error names. */
const MOST_NAMED = 10;

/**
 * A message does not fit the class that its queue, topic or bus declares. Nothing is sent.
 *
 * It is not an `HttpException`: the mistake is the application's, not that of the caller whose request led to the
 * message.
 */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';

  /** @param count How many messages there were. */
  constructor(
    readonly destination: Destination,
    readonly problems: readonly MessageProblem[],
    count: number,
  ) {
    super(
      `${count === 1 ? 'The message' : `None of the ${count} messages`} to ${labelOfDestination(destination)} ` +
        `${count === 1 ? 'was not sent' : 'was sent'}: ${textOf(problems, count)}`,
    );
  }
}
brand(InvalidMessageError, 'InvalidMessageError');

function textOf(problems: readonly MessageProblem[], count: number): string {
  const lines = problems.flatMap(({ index, details }) =>
    details.map(({ loc, msg }) => {
      const path = [...(count === 1 ? [] : [`messages[${index}]`]), ...loc.slice(1)].join('.');
      return path === '' ? msg : `${path}: ${msg}`;
    }),
  );
  const more = lines.length > MOST_NAMED ? `; and ${lines.length - MOST_NAMED} more` : '';
  return lines.slice(0, MOST_NAMED).join('; ') + more;
}

/** A message that was not sent, with the reason. */
export interface UnsentMessage<T = unknown> extends Omit<SendFailure, 'mayRetry'> {
  /** Its position in the list. */
  readonly index: number;
  /** The message as it was given. */
  readonly content: T;
}

/**
 * Some messages, or all, were not sent. `failed` has them, so that you can send them again or keep them, and `sent`
 * what AWS says about the others. When a connection broke or the time was up, a failed message may have arrived.
 */
export class MessagesNotSentError<T = unknown> extends Error {
  override readonly name = 'MessagesNotSentError';

  constructor(
    readonly destination: Destination,
    readonly failed: readonly UnsentMessage<T>[],
    /** In the order of the messages; `undefined` for those that failed. */
    readonly sent: readonly (Receipt | undefined)[],
    cause: unknown,
  ) {
    const [first] = failed;
    super(
      `${failed.length} of ${sent.length} ${sent.length === 1 ? 'message' : 'messages'} to ` +
        `${labelOfDestination(destination)} ${failed.length === 1 ? 'was' : 'were'} not sent: ` +
        `${first?.code}: ${first?.message}`,
      cause === undefined ? undefined : { cause },
    );
  }
}
brand(MessagesNotSentError, 'MessagesNotSentError');
