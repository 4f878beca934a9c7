import { join } from 'node:path';
import { repository } from '../package/manifest.js';
import { blocksOf, type Page, readPages } from './markdown.js';
import { PrintedTexts } from './printed-texts.js';

/** Quotes of what Node.js, Cognito, class-validator and applications print, and a line of names. */
const FOREIGN = [
  "Cannot access 'B' before initialization",
  'PreSignUp failed with error …',
  'orderId must be an integer number',
  'A total below 0',
  'sqs  queue orders  OrdersConsumer.handle',
];

test('every message that a page quotes is printed by a source', () => {
  const texts = PrintedTexts.of(join(repository, 'src'));
  const wrong = readPages(repository)
    .filter(({ path }) => !/^docs.(reference|decisions)/.test(path))
    .flatMap((page) => quotesOf(page).map((quote) => ({ page: page.path, quote, missing: texts.missing(quote) })))
    .filter(({ missing }) => missing.length > 0);
  expect(wrong).toEqual([]);
});

test.each([
  ['the values differ', 'A.x and B.y both handle GET /orders.'],
  ['the quote is a part', '… and B.y both …'],
  ['the message continues with another', 'Orders needs Database, but nothing visible in AppModule provides it.'],
])('a quote is found if %s', (_, quote) => {
  expect(sample().missing(quote)).toEqual([]);
});

test.each([
  ['A.x and B.y both take GET /orders.', ['both take']],
  ['Orders needs Database, but nothing in AppModule provides it.', ['but nothing in']],
])('the words of a quote that differ are named: %s', (quote, missing) => {
  expect(sample().missing(quote)).toEqual(missing);
});

function sample(): PrintedTexts {
  return new PrintedTexts(['\0 and \0 both handle \0. ', '\0 needs \0, but \0', 'nothing visible in \0 provides it.']);
}

/**
 * Code spans that read as a sentence, and the lines of `text` blocks. The title of a block names another program, and a
 * variable stands before a command.
 */
function quotesOf(page: Page): string[] {
  const blocks = blocksOf(page);
  const inBlocks = new Set(blocks.flatMap(({ code }) => code.map(({ number }) => number)));
  const spans = page.lines
    .filter((_, index) => !inBlocks.has(index + 1))
    .flatMap((line) => Array.from(line.matchAll(/`([^`]+)`/g), ([, span]) => span!))
    .filter((span) => /^(… |[A-Z]).* [a-z]+/.test(span) && !/^[A-Z_]+=/.test(span));
  const printed = blocks.filter(({ language, title }) => language === 'text' && !title).flatMap(({ code }) => code);
  const lines = printed.map(({ text }) => text).filter((text) => !isCodeFrame(text));
  return [...spans, ...lines].filter((quote) => !FOREIGN.some((foreign) => quote.includes(foreign)));
}

function isCodeFrame(line: string): boolean {
  return /^ *>? *\d* \|/.test(line);
}
