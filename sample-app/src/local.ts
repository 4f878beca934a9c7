import { BootstrapError, LambdaApplication } from 'lambent';
import { parseArguments, serve, usage } from 'lambent/local';
import { AppModule } from './app.module.js';
import { options } from './options.js';

function example(url: string): string {
  const order = {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
  };
  return [
    `curl -i ${url}/orders`,
    `-H 'x-api-key: ${process.env['API_KEY'] ?? 'local-key'}'`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(order)}'`,
  ].join(' \\\n    ');
}

async function start(): Promise<void> {
  const { help, options: flags } = parseArguments(process.argv.slice(2));
  if (help) return console.log(usage);
  const { app } = await import('./app.js');
  const { routes } = LambdaApplication.describe(AppModule, options);
  const server = await serve(await app.ready(), { ...flags, routes, example });
  process.once('SIGINT', async () => {
    await server.close();
    await app.close('SIGINT');
  });
}

try {
  await start();
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
