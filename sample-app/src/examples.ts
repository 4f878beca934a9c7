import { relative } from 'node:path';

/** Commands to try against the server at `url`. */
export function examples(url: string): string {
  return [
    placeOrder(url),
    `To send other events as AWS would, run these in another terminal:\n${deliveries(url)}`,
  ].join('\n\n');
}

const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
};

function placeOrder(url: string): string {
  return [
    `curl -i ${url}/orders`,
    `-H 'x-api-key: ${process.env['API_KEY'] ?? 'local-key'}'`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(order)}'`,
  ].join(' \\\n    ');
}

const DAY = 24 * 60 * 60 * 1000;

/** Events to deliver: the message that placing an order sends, a change of the table, and tonight's schedule. */
function deliveries(url: string): string {
  const now = new Date();
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  const image = { ...order, id, part: 'order', status: 'paid', createdAt: now.toISOString() };
  const tonight = `${new Date(now.getTime() + DAY).toISOString().slice(0, 10)}T00:10:00Z`;
  const lines = [
    `sqs --queue shipments --body '${JSON.stringify({ orderId: id })}'`,
    `dynamodb --keys '${JSON.stringify({ id, part: 'order' })}' \\\n    --new-image '${JSON.stringify(image)}'`,
    `schedule --rule nightly-report --time ${tonight}`,
  ];
  return lines
    .map((line) => `${command()} ${line}${url === 'http://localhost:3000' ? '' : ` --url ${url}`}`)
    .join('\n');
}

/** The command that runs this program from the folder in which npm was called. */
function command(): string {
  return `node ${relative(process.env['INIT_CWD'] ?? process.cwd(), process.argv[1] ?? '')} deliver`;
}
