import type { Context as LambdaContext } from 'aws-lambda';
import type { CarriedRequest } from '../events/carried-request.js';
import { deliverBuffered } from './deliver.js';
import type { HttpDispatcher } from './http-dispatcher.js';

/** A request in a message whose answer was an error that trying again may mend. */
export class CarriedRequestError extends Error {
  override readonly name = 'CarriedRequestError';

  constructor(readonly statusCode: number) {
    super(`The request in the message was answered with ${statusCode}`);
  }
}

/**
 * Answers a request that came in a message.
 *
 * @param failFrom The least status that is a failure of the record: 500, or 400 where client errors are to be tried again.
 * @throws CarriedRequestError from that status on.
 */
export async function dispatchCarried(
  http: HttpDispatcher,
  { adapter, event }: CarriedRequest,
  lambdaContext: LambdaContext,
  failFrom: number,
): Promise<void> {
  const answer = await http.dispatch(adapter, event, lambdaContext, deliverBuffered);
  const { statusCode } = answer as { statusCode: number };
  if (statusCode >= failFrom) throw new CarriedRequestError(statusCode);
}
