import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentation } from '../../shared/documentation.js';
import type { Service } from '../files/templates/services/service.js';
import { CommandError } from '../framework/errors.js';

/** @throws CommandError if a source of the project configures the service's module of Lambent already. */
export function refuseTwice({ own, page }: Service, root: string): void {
  const sources = join(root, 'src');
  if (own === undefined || !existsSync(sources)) return;
  const paths = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const found = paths.find((path) => readFileSync(join(sources, path), 'utf8').includes(`${own}.forRoot`));
  if (found === undefined) return;
  throw new CommandError(
    `Nothing was written: src/${found.replaceAll('\\', '/')} imports ${own} already. ` +
      `Change it there: see ${documentation(page)}`,
  );
}
