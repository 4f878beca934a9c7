import { stripVTControlCharacters } from 'node:util';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { CommandError } from './command-error.js';
import { errorHint } from './error-hint.js';

/** What an error says that is whole without a stack; `undefined` for any other, which is a mistake, and its stack shows where. */
export function errorText(error: unknown, colored: boolean): string | undefined {
  if (error instanceof CommandError || error instanceof BootstrapError) return error.message;
  if (!isOfBundler(error)) return undefined;
  const plain = stripVTControlCharacters(error.message);
  const hint = errorHint(plain);
  return `${colored ? error.message : plain}${hint === undefined ? '' : `\n${hint}\n`}`;
}

/** Such an error has the places in the sources in its message, in colours. */
function isOfBundler(error: unknown): error is Error {
  const { name, errors } = (error ?? {}) as { readonly name?: unknown; readonly errors?: unknown };
  return name === 'Error' && errors !== undefined;
}
