import { dirname, join, relative } from 'node:path';
import { table } from '../../local/table.js';
import { pascalCase } from '../../shared/pascal-case.js';
import { suggestion } from '../../shared/suggestion.js';
import { listInModule } from '../files/add-to-module.js';
import { Changes } from '../files/changes.js';
import { moduleFile } from '../files/find-module.js';
import { type ElementName, elementName } from '../files/templates/element-name.js';
import { UsageError } from '../framework/command-error.js';
import { defineCommand, findNamed, type Flags, type FlagValues } from '../framework/command.js';
import { projectFolder } from '../project/package-json.js';
import { type Kind, KINDS } from './kinds.js';

const FLAGS = {
  'dry-run': { type: 'boolean', short: 'd', about: 'Print the changes as a diff and write nothing' },
  module: { type: 'string', short: 'm', value: 'file', about: 'Module to list the class in (default: the nearest)' },
  'skip-import': { type: 'boolean', about: 'Do not list the class in a module' },
  flat: { type: 'boolean', about: 'Do not create a folder' },
  'no-spec': { type: 'boolean', about: 'Do not create tests' },
} as const satisfies Flags;

const KIND_TABLE = table(
  Object.entries(KINDS).map(([kind, { alias, about }]) => [kind, alias, about]),
  '  ',
);

type GenerateValues = FlagValues<typeof FLAGS>;

/** The element to generate, and where. */
interface Plan {
  readonly kind: Kind;
  readonly name: ElementName;
  /** The project's folder. */
  readonly root: string;
  /** The folder of the new files. */
  readonly folder: string;
}

export const command = defineCommand({
  name: 'generate',
  about:
    'Generate files with their tests, and list the new class in the nearest module. ' +
    `Existing files are never overwritten.\n\nKinds:\n${KIND_TABLE}`,
  positionals: ['<kind>', '<name>'],
  flags: FLAGS,
  examples: [
    ['generate resource orders', 'A whole resource in src/orders'],
    ['generate controller shop/orders', 'src/shop/orders/orders.controller.ts'],
    ['g s pricing --flat', 'src/pricing.service.ts'],
    ['g res orders --dry-run', 'Print a diff'],
  ],
  async run(values, [kindName, text], { cwd, terminal }) {
    const kind = kindNamed(kindName);
    if (text === undefined) throw new UsageError(`Missing name. Try "lambent generate ${kindName} orders".`);
    const root = projectFolder(cwd);
    const plan = planOf(kind, elementName(text, kind.role), values, root);
    const changes = newFiles(plan, values);
    changes.check();
    if (kind.list !== undefined && values['skip-import'] !== true) {
      const module = moduleFile(values.module, { folder: searchFolder(plan, values), root, cwd });
      await listInModule(changes, root, module, { list: kind.list, ...classOf(plan) });
    }
    if (values['dry-run'] === true) terminal.log(changes.diff().trimEnd());
    else terminal.log((await changes.write()).join('\n'));
  },
});

function kindNamed(name: string | undefined): Kind {
  if (name === undefined)
    throw new UsageError(`Missing kind. Kinds:\n${KIND_TABLE}\nRun "lambent generate --help" for usage.`);
  const kind = findNamed(KINDS, name);
  if (kind) return kind;
  throw new UsageError(`Unknown kind "${name}".${suggestion(name, Object.keys(KINDS))} Kinds:\n${KIND_TABLE}`);
}

function planOf(kind: Kind, name: ElementName, { flat }: GenerateValues, root: string): Plan {
  const own = flat === true ? [] : [kind.folder ?? name.kebab];
  return { kind, name, root, folder: join(root, 'src', ...name.folders, ...own) };
}

function newFiles({ kind, name, root, folder }: Plan, values: GenerateValues): Changes {
  const changes = new Changes(root);
  for (const [path, text] of Object.entries(kind.files(name))) {
    if (values['no-spec'] === true && path.endsWith('.spec.ts')) continue;
    changes.create(relative(root, join(folder, path)), text);
  }
  return changes;
}

/** The search for a new module's parent starts above its own folder. */
function searchFolder({ kind, folder }: Plan, { flat }: GenerateValues): string {
  return kind.list === 'imports' && flat !== true ? dirname(folder) : folder;
}

/** Returns the class that modules list, and its file. */
function classOf({ kind, name, folder }: Plan) {
  return { name: name.pascal + pascalCase(kind.role), file: join(folder, `${name.kebab}.${kind.role}.js`) };
}
