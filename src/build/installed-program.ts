import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Returns the `lambent` program that is installed for a file.
 *
 * @param importer The path of a source, or of any other file in its folder. It need not exist.
 * @throws Error if no lambent is installed.
 */
export function installedProgram(importer: string): string {
  const manifest = createRequire(importer).resolve('lambent/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly lambent: string } };
  return join(dirname(manifest), bin.lambent);
}
