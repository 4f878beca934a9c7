import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One page of the documentation. */
export interface Page {
  /** From the repository's root, as in `docs/errors.md`. */
  readonly path: string;
  readonly lines: readonly string[];
}

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly title: string | undefined;
  readonly code: readonly Line[];
}

export interface Line {
  readonly text: string;
  /** On the page, from 1. */
  readonly number: number;
}

/** README.md and everything in docs/. */
export function readPages(root: string): Page[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const paths = [
    'README.md',
    ...docs
      .filter((path) => path.endsWith('.md'))
      .map((path) => join('docs', path))
      .toSorted(),
  ];
  return paths.map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n') }));
}

const FENCE = /^ *```(?<language>\w*)(?: +title="(?<title>[^"]+)")?$/;

/**
 * The fenced blocks of a page, those inside of comments too.
 *
 * What a comment `<!-- given:` right before a block says comes before its code, or around it where a line is `...`.
 */
export function blocksOf({ lines }: Page): Block[] {
  const blocks: Block[] = [];
  let given: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]!;
    const fence = FENCE.exec(text)?.groups;
    if (fence) {
      const code = readUntil(lines, at + 1, (line) => line.trim() === '```');
      blocks.push({ language: fence['language'] ?? '', title: fence['title'], code: around(given, code) });
      at += code.length + 1;
      given = [];
    } else if (text === '<!-- given:') {
      given = readUntil(lines, at + 1, (line) => line === '-->');
      at += given.length + 1;
    } else if (text !== '') {
      given = [];
    }
  }
  return blocks;
}

function around(given: readonly Line[], code: readonly Line[]): Line[] {
  const place = given.findIndex(({ text }) => text.trim() === '...');
  return place === -1 ? [...given, ...code] : [...given.slice(0, place), ...code, ...given.slice(place + 1)];
}

function readUntil(lines: readonly string[], start: number, isEnd: (line: string) => boolean): Line[] {
  const end = lines.findIndex((line, index) => index >= start && isEnd(line));
  return lines.slice(start, end === -1 ? undefined : end).map((text, index) => ({ text, number: start + index + 1 }));
}

/** What links of a page lead to, code left out. */
export function linksOf(page: Page): string[] {
  const code = new Set(blocksOf(page).flatMap((block) => block.code.map(({ number }) => number)));
  const prose = page.lines.filter((_, index) => !code.has(index + 1)).join('\n');
  return Array.from(prose.matchAll(/\]\((?<target>[^)\s]+)\)/g), ({ groups }) => groups!['target']!);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf({ lines }: Page): string[] {
  return lines
    .map((line) => /^#+ (.+)$/.exec(line)?.[1])
    .filter((heading) => heading !== undefined)
    .map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
}
