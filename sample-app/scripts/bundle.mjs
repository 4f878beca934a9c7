// Bundles the sources into dist/bundle/, the folder to deploy: npm run bundle. The handler setting is `lambda.handler`.
// With sample events, it adds a code cache: npm run bundle -- events/list-orders.json.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'lambent/build';

const events = process.argv.slice(2);

await build({
  entry: 'src/lambda.ts',
  outDir: 'dist/bundle',
  cwd: join(dirname(fileURLToPath(import.meta.url)), '..'),
  // Imported by `npm start` only.
  external: ['dynalite', 'lambent/local'],
  // Most of it are AWS clients.
  budget: 1000,
  ...(events.length > 0 && { codeCache: { events } }),
});
