import { CommandError } from '../command-error.js';

/** What the parser makes of a file. Offsets count UTF-16 units, as strings do. */
export type Program = import('rolldown/utils').ParseResult['program'];

/** A file that was read. */
export interface ParsedFile {
  /** For messages. */
  readonly path: string;
  readonly source: string;
  readonly program: Program;
}

type Parse = typeof import('rolldown/utils').parseSync;

/**
 * rolldown's parser: it reads TypeScript with decorators and gives offsets, and projects have it for `lambent/build`.
 *
 * @throws CommandError when rolldown is not installed.
 */
export async function loadParser(): Promise<(path: string, source: string) => ParsedFile> {
  const parse = await loadParse();
  return (path, source) => {
    const { program, errors } = parse(path, source, { lang: 'ts' });
    if (errors[0]) throw new CommandError(`${path} can't be read, and was left as it is: ${errors[0].message}`);
    return { path, source, program };
  };
}

async function loadParse(): Promise<Parse> {
  try {
    return (await import('rolldown/utils')).parseSync;
  } catch (cause) {
    throw new CommandError('To edit modules, rolldown is needed: npm install --save-dev rolldown. Or leave modules alone with --skip-import.', { cause });
  }
}
