import type { ExecutionContext } from '../../contracts/pipeline.js';
import { BadRequestException, ConflictException, UnprocessableEntityException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { messageOf } from '../../shared/thrown.js';

/** The place of an error, for its message. */
export interface IdempotencyPlace {
  /** The method, such as `OrdersController.create`. */
  readonly method: string;
  readonly tableName: string;
}

/**
 * Converts an error of Powertools for the caller. The status codes are those of the IETF draft "The Idempotency-Key
 * HTTP Header Field". A record fails with any of them.
 */
export function idempotencyError(error: unknown, { method, tableName }: IdempotencyPlace): unknown {
  const { name, cause } = Object(error) as Partial<Error>;
  const message = messageOf(error);
  if (name === 'IdempotencyAlreadyInProgressError') {
    return new ConflictException('The same request is already being processed', { cause: error, errorDetail: message });
  }
  if (name === 'IdempotencyValidationError') {
    return new UnprocessableEntityException('The idempotency key was already used for a different request', {
      cause: error,
      errorDetail: message,
    });
  }
  if (name !== 'IdempotencyPersistenceLayerError') return error;
  // The key needs the body, which could not be read.
  if (cause instanceof HttpException) return cause;
  const { name: kind = '' } = Object(cause ?? error) as Partial<Error>;
  const reason = messageOf(cause ?? error);
  if (kind === 'IdempotencyKeyError') return new BadRequestException('The idempotency key is missing', { cause });
  // A function of an expression got nothing, or something else, of this event.
  if (kind === 'JMESPathTypeError')
    return new BadRequestException('A value that the idempotency key needs is missing, or has another type', {
      cause,
      errorDetail: reason,
    });
  if (OF_EXPRESSIONS.test(kind)) return new Error(`@Idempotent on ${method}: ${reason}`, { cause });
  return new Error(
    `@Idempotent on ${method}: ${reason || kind}. (${message}; the table is "${tableName}", and the function's role ` +
      'needs dynamodb:GetItem, PutItem, UpdateItem and DeleteItem on it.)',
    { cause },
  );
}

/** The errors of Powertools for text that is no JMESPath expression, whatever the event. */
const OF_EXPRESSIONS = /^(?:Lexer|Parse|IncompleteExpression|UnknownFunction|(?:Variadic)?Arity)Error$/;

/**
 * Fails a repeated request whose result was not stored: its caller must learn that there is no response to repeat.
 * Other events need no result.
 */
export function refuseUnstored(context: ExecutionContext): undefined {
  if (context.getType() !== 'http') return undefined;
  throw new ConflictException('This request was already processed, but its result was not stored');
}
