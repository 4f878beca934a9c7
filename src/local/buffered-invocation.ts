import type { Exchange } from './exchange.js';
import { RESULT_LIMIT } from './front-door.js';
import type { LambdaHandler } from './handler-of.js';
import { localContext } from './local-context.js';
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
    const result = await within(call(handler, event, timeout), limit);
    exchange.answer(door.interpret(throughJson(result), traits));
  } catch (error) {
    if (error instanceof TimeLimitExceeded) exchange.fail(limit.answer, limit.reason);
    else exchange.fail(door.functionError, 'the function failed', error);
  }
}

async function call(handler: LambdaHandler, event: string, timeout: number): Promise<unknown> {
  return handler(JSON.parse(event) as never, localContext({ timeout }));
}

/** What is left of a result on its way to the front door; a result that is no JSON is an error of the function. */
function throughJson(result: unknown): unknown {
  const text = stringify(result);
  const length = Buffer.byteLength(text);
  if (length > RESULT_LIMIT) throw new RangeError(`The result has ${length} bytes as JSON; Lambda takes ${RESULT_LIMIT}`);
  return JSON.parse(text);
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw new TypeError('The result can\'t be turned into JSON', { cause });
  }
}
