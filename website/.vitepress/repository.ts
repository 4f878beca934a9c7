import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, and of the pages in it. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const docs = join(root, 'docs');

export const GITHUB = 'https://github.com/lambent-js/lambent';

/** Where the website is published. Local builds use the same path, so that what is checked is what is published. */
export const SITE = 'https://lambent-js.github.io/lambent/';
