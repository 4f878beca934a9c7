import { isNotInstalled } from '../../errors/missing-peers.js';
import { messageOf } from '../../shared/thrown.js';
import { CommandError } from '../framework/command-error.js';

/** The syntax tree of a file. Offsets count UTF-16 units, as strings do. */
export type Program = import('rolldown/utils').ParseResult['program'];

export type Statement = Program['body'][number];

export interface ParsedFile {
  /** Used in messages. */
  readonly path: string;
  readonly source: string;
  readonly program: Program;
}

type Parse = typeof import('rolldown/utils').parseSync;

/**
 * Loads rolldown's parser. It reads TypeScript with decorators, gives offsets, and projects already have it for
 * `lambent/build`.
 *
 * @throws CommandError if rolldown is not installed or does not run on this version of Node.
 */
export async function loadParser(): Promise<(path: string, source: string) => ParsedFile> {
  const parse = await loadParse();
  return (path, source) => {
    const { program, errors } = parse(path, source, { lang: 'ts' });
    if (errors[0]) throw new CommandError(`Cannot parse ${path}, so it was not changed: ${errors[0].message}`);
    return { path, source, program };
  };
}

/** @throws CommandError if rolldown is not installed or does not run on this version of Node. */
export async function loadParse(): Promise<Parse> {
  try {
    return (await import('rolldown/utils')).parseSync;
  } catch (cause) {
    const reason = isNotInstalled(cause)
      ? 'which is not installed. Run "npm install --save-dev rolldown"'
      : `which does not load on Node ${process.version}: ${messageOf(cause)}. Update Node`;
    throw new CommandError(`Editing a module needs rolldown, ${reason}, or skip this with --skip-import.`, { cause });
  }
}
