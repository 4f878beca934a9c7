// Bundles the sources into dist/bundle/, the folder to deploy: npm run bundle. The handler setting is `lambda.handler`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'lambent/build';

await build({
  entry: 'src/lambda.ts',
  outDir: 'dist/bundle',
  cwd: join(dirname(fileURLToPath(import.meta.url)), '..'),
  // Imported by `npm start` only.
  external: ['dynalite', 'lambent/local'],
  // Most of it are AWS clients.
  budget: 1000,
});
