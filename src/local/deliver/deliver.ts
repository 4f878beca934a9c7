import { isRecord } from '../../events/is-record.js';
import type { Terminal } from '../exchange.js';
import { invokeFunction } from './invoke-function.js';
import { type Delivery, deliverUsage, parseDelivery } from './parse-delivery.js';

/**
 * The command that delivers an event to a running application: reads the command line, sends the event and prints what
 * came of it.
 *
 * @param argv what follows the command's name, as `parseDelivery` takes it.
 * @returns whether all went well, for the exit code: a function that failed and one that names failed records have not.
 * @throws BootstrapError when the command line is wrong, or nobody answers.
 */
export async function deliver(argv: readonly string[], terminal: Terminal = console): Promise<boolean> {
  const delivery = parseDelivery(argv);
  if (!delivery.help) return sendDelivery(delivery, terminal);
  terminal.log(deliverUsage);
  return true;
}

/** Sends an event and prints what came of it. @returns as {@link deliver}. @throws BootstrapError when nobody answers. */
export async function sendDelivery({ url, functionName, event }: Delivery, terminal: Terminal): Promise<boolean> {
  const { failed, payload } = await invokeFunction(url, event, functionName);
  const text = JSON.stringify(payload, null, 2);
  if (failed) terminal.error(`The function failed: ${text}`);
  else terminal.log(text);
  return !failed && !namesFailures(payload);
}

function namesFailures(result: unknown): boolean {
  return isRecord(result) && Array.isArray(result['batchItemFailures']) && result['batchItemFailures'].length > 0;
}
