import { BootstrapError } from '../../errors/bootstrap-error.js';
import { deliverUsage, parseDelivery, sendDelivery } from '../../local/deliver/deliver.js';
import { table } from '../../local/table.js';
import { UsageError } from '../framework/command-error.js';
import type { Command } from '../framework/command.js';

const EXAMPLES = [
  [`lambent invoke sqs orders --body '{"id":"o1"}'`, 'Send an SQS message'],
  ['lambent invoke schedule nightly-report', 'Run a schedule'],
  ['lambent invoke v2 --method POST --path /hello --body \'{"name":"Ada","times":2}\'', 'Send an HTTP request'],
  ['lambent invoke --function jobs schedule', 'Choose a function of "lambent dev"'],
  ['lambent invoke v2 --path /orders --print > events/list-orders.json', 'Write an event to a file'],
  ['lambent invoke --file event.json --url http://localhost:4000', 'Send any event, to another port'],
];

const HELP = `Send an event to an application that runs locally, and print its result.
The exit code is 1 if the function fails or reports failed records, and 2 if the event did not reach it.

Usage: lambent invoke <source> [name] [flags]

${deliverUsage}

Examples:
${table(EXAMPLES, '  ')}`;

export const command: Command = async (argv, { terminal }) => {
  try {
    const delivery = parseDelivery(argv);
    if (!delivery.help) return (await sendDelivery(delivery, terminal)) ? 0 : 1;
    terminal.log(HELP);
    return 0;
  } catch (error) {
    // An invalid command line, or no application at the URL: 1 would mean that the function has failed.
    throw error instanceof BootstrapError ? new UsageError(error.message, { cause: error }) : error;
  }
};
