import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docs } from './repository.js';

/** The first sentence of a page, as search engines show it below the title. */
export function descriptionOf(page: string): string | undefined {
  const blocks = readFileSync(join(docs, page), 'utf8').split(/\n{2,}/);
  const paragraph = blocks.find((block) => /^[\p{L}`*[@]/u.test(block));
  return paragraph
    ?.replaceAll(/\[(.+?)\]\([^)]+\)/gs, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=\.) /)[0];
}
