import { blocksOf, type Page } from './markdown.js';

/** What a page of the reference says of one name. */
export interface Documented {
  readonly name: string;
  readonly docstring: string;
  readonly declaration: string;
}

/** The names of a page, in its order. */
export function documentedOn(page: Page): Documented[] {
  const starts = page.lines.flatMap((line, index) => (/^##+ /.test(line) ? [index] : []));
  const parts = starts.map((start, index) => page.lines.slice(start, starts[index + 1]));
  return parts.filter(([heading]) => heading!.startsWith('### ')).map(read);
}

function read(lines: readonly string[]): Documented {
  const [heading = '', , first = ''] = lines;
  const [block] = blocksOf({ path: '', lines });
  const declaration = block?.code.map(({ text }) => text).join('\n') ?? '';
  return { name: heading.slice(4), docstring: /^(→|```)/.test(first) ? '' : first, declaration };
}

/** The members of an interface, first level. */
export function membersOf({ declaration }: Documented): string[] {
  return Array.from(declaration.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm), ([, name]) => name!);
}
