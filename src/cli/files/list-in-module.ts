import { dirname, relative } from 'node:path';
import { addToModule, type ModuleEntry } from './add-to-module.js';
import type { Changes } from './changes.js';
import { specifierOf } from './find-module.js';
import { loadParser } from './parse-source.js';

/** A class to list in a module. */
interface Listed extends Pick<ModuleEntry, 'list' | 'name'> {
  /** The file of the class as imports name it, with the extension `.js`. */
  readonly file: string;
}

/**
 * Lists a class in a module and imports it there, as one of the changes.
 *
 * @param root the project's folder.
 * @param module the file of the module.
 * @throws CommandError if rolldown is missing, or the module has no safe place for the class.
 */
export async function listInModule(
  changes: Changes,
  root: string,
  module: string,
  { list, name, file }: Listed,
): Promise<void> {
  const parse = await loadParser();
  const path = relative(root, module);
  const entry = { list, name, from: specifierOf(dirname(module), file) };
  changes.edit(path, (source) => addToModule(parse(path, source), entry));
}
