import { stripVTControlCharacters } from 'node:util';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { CommandError } from './command-error.js';

/** What an error says that is whole without a stack; `undefined` for any other, which is a mistake, and its stack shows where. */
export function errorText(error: unknown, colored: boolean): string | undefined {
  if (error instanceof CommandError || error instanceof BootstrapError) return error.message;
  if (!isOfBundler(error)) return undefined;
  return colored ? error.message : stripVTControlCharacters(error.message);
}

/** Such an error has the places in the sources in its message, in colours. */
function isOfBundler(error: unknown): error is Error {
  const { name, errors } = (error ?? {}) as { readonly name?: unknown; readonly errors?: unknown };
  return name === 'Error' && errors !== undefined;
}
