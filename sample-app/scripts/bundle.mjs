// The folder to deploy, dist/bundle/, from the sources: npm run bundle. Lambda's handler setting is `lambda.handler`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'lambent/build';

await build({
  entry: 'src/lambda.ts',
  outDir: 'dist/bundle',
  cwd: join(dirname(fileURLToPath(import.meta.url)), '..'),
  // What only `npm start` imports.
  external: ['dynalite', 'lambent/local'],
  // Most of it is AWS's clients.
  budget: 1000,
});
