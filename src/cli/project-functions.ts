import { join } from 'node:path';
import { CommandError } from './command-error.js';
import { isFile } from './is-file.js';
import { projectManifest } from './package-manifest.js';

/** The sources of a project's functions by the functions' names; each exports the handler, and names the file that is deployed. */
export type ProjectFunctions = Readonly<Record<string, string>>;

const ALONE: ProjectFunctions = { handler: 'src/handler.ts' };

/**
 * The functions of a project, as its `package.json` names them: `"lambent": { "functions": { "api": "src/api.ts" } }`.
 * Where it names none there is one, `handler`, in `src/handler.ts`.
 *
 * @param root the project's folder.
 * @throws CommandError for what is no such list, and for a source that is not there.
 */
export function projectFunctions(root: string): ProjectFunctions {
  const functions = namedFunctions(root);
  for (const [name, source] of Object.entries(functions)) refuseAbsent(root, name, source);
  return functions;
}

/** The same, whether or not their sources are there. */
export function namedFunctions(root: string): ProjectFunctions {
  const functions = projectManifest(root).lambent?.functions ?? ALONE;
  if (!isList(functions)) {
    throw new CommandError(`"lambent.functions" in package.json is ${JSON.stringify(functions)}; it takes sources by name: { "api": "src/api.ts" }.`);
  }
  return functions;
}

function isList(value: unknown): value is ProjectFunctions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([name, source]) => /^[\w-]+$/.test(name) && typeof source === 'string');
}

function refuseAbsent(root: string, name: string, source: string): void {
  if (isFile(join(root, source))) return;
  throw new CommandError(
    `There is no ${source}, where the handler of the function "${name}" is expected. Where it is another file, say so in package.json: "lambent": { "functions": { "${name}": "src/${name}.ts" } }.`,
  );
}
