import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { importsIn } from '../files/import-statements.js';
import { errorHint } from '../framework/format-error.js';

const MISSING = /The requested module '([^']+)' does not provide an export named '([^']+)'/;

/**
 * Names the source that imports what a package does not export. Node's own error shows the compiled file, whose imports
 * are those of all sources.
 *
 * @param error whatever the import of compiled code threw.
 * @returns the error itself if it is another one, or if no source is found.
 */
export function withImportingSource(error: unknown, root: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const [, from = '', name = ''] = MISSING.exec(error.message) ?? [];
  const [, compiled] = /^(file:\S+):\d+\n/.exec(error.stack ?? '') ?? [];
  const source = compiled && sourcesOf(fileURLToPath(compiled)).find(({ text }) => isImported(name, from, text));
  if (!source) return error;
  const what = `${relative(root, source.path)} imports ${name} from '${from}', which does not export it.`;
  return new BootstrapError([what, errorHint(error.message)].filter(Boolean).join('\n'));
}

function isImported(name: string, from: string, text: string): boolean {
  return importsIn(text).some((each) => each.from === from && each.clause.match(/[\w$]+/g)?.includes(name));
}

/** Reads the sources from the inline map of compiled code. */
function sourcesOf(compiled: string): { readonly path: string; readonly text: string }[] {
  const code = readFileSync(compiled, 'utf8');
  const url = code.lastIndexOf('//# sourceMappingURL=data:');
  if (url === -1) return [];
  const encoded = code.slice(code.indexOf(',', url) + 1);
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { sources: string[]; sourcesContent?: string[] };
  return map.sources.map((path, index) => ({
    path: resolve(dirname(compiled), path),
    text: map.sourcesContent?.[index] ?? '',
  }));
}
