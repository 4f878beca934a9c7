import { BadRequestException, ConflictException, UnprocessableEntityException } from '../errors/exceptions.js';
import { HttpException } from '../errors/http-exception.js';

/** Where an error came up, for its message. */
export interface IdempotencyPlace {
  /** The method, as in `OrdersController.create`. */
  readonly method: string;
  readonly tableName: string;
}

/**
 * What an error of Powertools means to the caller. The statuses are those of the IETF's draft "The Idempotency-Key
 * HTTP Header Field"; for a record each of them is a failure.
 */
export function idempotencyError(error: unknown, { method, tableName }: IdempotencyPlace): unknown {
  const { name, message, cause } = error as Error;
  if (name === 'IdempotencyAlreadyInProgressError') {
    return new ConflictException('The same is being done already', { cause: error, errorDetail: message });
  }
  if (name === 'IdempotencyValidationError') {
    return new UnprocessableEntityException('The idempotency key was used before, for something else', { cause: error, errorDetail: message });
  }
  if (name !== 'IdempotencyPersistenceLayerError') return error;
  // The body was read for the key, and can't be.
  if (cause instanceof HttpException) return cause;
  const { name: kind, message: reason } = (cause ?? error) as Error;
  if (kind === 'IdempotencyKeyError') return new BadRequestException('The idempotency key is missing', { cause });
  return new Error(
    `@Idempotent on ${method}: ${reason || kind}. (${message}; the table is "${tableName}", and the function's role needs ` +
      'dynamodb:GetItem, PutItem, UpdateItem and DeleteItem on it.)',
    { cause },
  );
}
