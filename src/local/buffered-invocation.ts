import { callFunction } from './call-function.js';
import type { Exchange } from './exchange.js';
import type { LambdaHandler } from './handler-of.js';
import { timeLimit, TimeLimitExceeded, within } from './time-limit.js';

/**
 * Calls the handler with an event and answers with its result, both through JSON as Lambda has them.
 *
 * @param timeout the function's, in milliseconds.
 */
export async function invokeBuffered(handler: LambdaHandler, event: string, exchange: Exchange, timeout: number): Promise<void> {
  const { door, traits } = exchange;
  const limit = timeLimit(door, timeout);
  try {
    const result = await within(callFunction(handler, event, { timeout }), limit);
    exchange.answer(door.interpret(JSON.parse(result), traits));
  } catch (error) {
    if (error instanceof TimeLimitExceeded) exchange.fail(limit.answer, limit.reason);
    else exchange.fail(door.functionError, 'the function failed', error);
  }
}
