import { BootstrapError } from '../../errors/bootstrap-error.js';
import { deliverUsage, type Delivery, parseDelivery, sendDelivery } from '../../local/deliver/deliver.js';
import { table } from '../../local/terminal.js';
import type { Command } from '../framework/command.js';
import { UsageError } from '../framework/errors.js';

const EXAMPLES = [
  [`lambent invoke sqs --queue orders --body '{"id":"o1"}'`, 'a message'],
  ['lambent invoke schedule --rule nightly-report', 'the time has come'],
  ['lambent invoke v2 --method POST --path /hello --body \'{"name":"Ada","times":2}\'', 'a request'],
  ['lambent invoke --function jobs schedule', 'to one of several functions that "lambent dev" runs'],
  ['lambent invoke --file event.json --url http://localhost:4000', 'any event, to another port'],
];

const HELP = `Sends an event to the application that runs on this machine, and prints what comes of it. The exit code is 1 when the
function fails, or names failed records.

Usage: lambent invoke <source> [flags]

${deliverUsage}

Examples:
${table(EXAMPLES, '  ')}`;

export const command: Command = async (argv, { terminal }) => {
  const delivery = deliveryOf(argv);
  if (!delivery.help) return (await sendDelivery(delivery, terminal)) ? 0 : 1;
  terminal.log(HELP);
  return 0;
};

/** @throws UsageError when the command line makes no sense. */
function deliveryOf(argv: readonly string[]): Delivery {
  try {
    return parseDelivery(argv);
  } catch (error) {
    throw error instanceof BootstrapError ? new UsageError(error.message, { cause: error }) : error;
  }
}
