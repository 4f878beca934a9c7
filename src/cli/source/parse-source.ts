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
 * @throws CommandError when rolldown is not installed, or not loaded by this Node.
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
    const { code, message } = cause as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    const reason = missing ? 'which is not installed: npm install --save-dev rolldown' : `which Node ${process.version} can't load: ${message}`;
    throw new CommandError(`To edit a module takes rolldown, ${reason}. Or leave modules alone with --skip-import.`, { cause });
  }
}
