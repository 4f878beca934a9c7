import { RESULT_LIMIT } from './front-door.js';
import type { LambdaHandler } from './handler-of.js';
import { localContext, type LocalContextOptions } from './local-context.js';

/**
 * Calls a handler with an event and gives its result, both as JSON text, for that is what Lambda carries.
 *
 * @throws What the handler throws, and an error for a result that is no JSON or too long.
 */
export async function callFunction(handler: LambdaHandler, event: string, context: LocalContextOptions): Promise<string> {
  const result = stringify(await handler(JSON.parse(event) as never, localContext(context)));
  checkLength(Buffer.byteLength(result));
  return result;
}

/** @throws RangeError for a result of more bytes than Lambda takes. */
function checkLength(bytes: number): void {
  if (bytes > RESULT_LIMIT) throw new RangeError(`The result has ${bytes} bytes as JSON; Lambda takes ${RESULT_LIMIT}`);
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw new TypeError('The result can\'t be turned into JSON', { cause });
  }
}
