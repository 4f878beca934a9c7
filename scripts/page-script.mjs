// Bundles the script of the documentation page, src/openapi/page/browser, into src/openapi/page/page-script.ts.
//
//   node scripts/page-script.mjs
//   node scripts/page-script.mjs --check    writes nothing, and fails if the file is not up to date
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const page = join(dirname(fileURLToPath(import.meta.url)), '../src/openapi/page');
const file = join(page, 'page-script.ts');

const bundle = await rolldown({ input: join(page, 'browser/main.ts'), platform: 'browser' });
const { output } = await bundle.generate({ format: 'iife', minify: true, strict: true });
await bundle.close();
const script = output[0].code.trim();
if (/<\/?script|<!--/i.test(script)) throw new Error('The script of the page holds text that HTML reads as markup.');

const text = `/**
 * The script of the documentation page. \`npm run page-script\` writes it from browser/main.ts: change it there.
 *
 * A string, so that compilers, bundlers and coverage tools leave it alone: the page's Content-Security-Policy has its
 * hash.
 */
export const PAGE_SCRIPT =
  ${JSON.stringify(script)};
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not up to date. Run: npm run page-script`);
  process.exitCode = 1;
}
