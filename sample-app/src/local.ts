import { BootstrapError, LambdaApplication } from 'lambent';
import { deliver, parseArguments, serve, usage } from 'lambent/local';
import { AppModule } from './app.module.js';
import { examples } from './examples.js';
import { options } from './options.js';
import { EMBEDDED_QUEUES } from './queues/embedded-queues.js';

async function start(argv: readonly string[]): Promise<void> {
  const { help, options: flags } = parseArguments(argv);
  if (help)
    return console.log(
      `${usage}\n\nOr: deliver <source>, to send an event to a running server; deliver --help lists the sources.`,
    );
  // CloudWatch isn't here to read them.
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
  const { app } = await import('./app.js');
  const { routes } = LambdaApplication.describe(AppModule, options);
  const server = await serve(await app.ready(), { ...flags, routes, example: examples });
  const queues = app.get(EMBEDDED_QUEUES);
  queues?.deliverTo(app);
  process.once('SIGINT', async () => {
    await server.close();
    await queues?.close();
    await app.close('SIGINT');
  });
}

const [command, ...rest] = process.argv.slice(2);
try {
  if (command === 'deliver') process.exitCode = (await deliver(rest)) ? 0 : 1;
  else await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
