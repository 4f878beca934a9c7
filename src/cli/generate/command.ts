import { dirname, join, relative, resolve, sep } from 'node:path';
import { table } from '../../local/terminal.js';
import { suggestion } from '../../shared/near-names.js';
import { Changes } from '../files/changes.js';
import { isFile } from '../files/paths.js';
import { loadParser } from '../files/source-edit.js';
import { type ElementName, elementName } from '../files/templates/element-name.js';
import { defineCommand, type FlagValues } from '../framework/command.js';
import { CommandError, UsageError } from '../framework/errors.js';
import { projectFolder } from '../project/package-json.js';
import { addToModule, findModule } from './add-to-module.js';
import { type Kind, KINDS } from './kinds.js';

const FLAGS = {
  'dry-run': { type: 'boolean', short: 'd', about: 'shows what would change as a diff, and writes nothing' },
  module: {
    type: 'string',
    short: 'm',
    value: 'file',
    about: 'the module that is to list it; the nearest unless given',
  },
  'skip-import': { type: 'boolean', about: 'leaves modules as they are' },
  flat: { type: 'boolean', about: 'makes no folder of its own' },
  'no-spec': { type: 'boolean', about: 'leaves out the tests' },
} as const;

type Values = FlagValues<typeof FLAGS>;

/** Something to make, where, and in which project. */
interface Plan {
  readonly kind: Kind;
  readonly name: ElementName;
  readonly root: string;
  /** Where its files go. */
  readonly folder: string;
}

export const command = defineCommand({
  name: 'generate',
  about: `Writes files with their tests, and lists what is new in the nearest module. Nothing is overwritten.\n\nKinds:\n${kindTable()}`,
  takes: ['<kind>', '<name>'],
  flags: FLAGS,
  examples: [
    ['generate resource orders', 'src/orders, all of it'],
    ['generate controller shop/orders', 'src/shop/orders/orders.controller.ts'],
    ['g s pricing --flat', 'src/pricing.service.ts'],
    ['g res orders --dry-run', 'a diff'],
  ],
  async run(values, [kindName, text], { cwd, terminal }) {
    const kind = kindOf(kindName);
    if (text === undefined)
      throw new UsageError(`What is it called? Say "lambent generate ${kindName} orders", for instance.`);
    const root = projectFolder(cwd);
    const plan = planOf(kind, elementName(text, kind.role), values, root);
    const changes = filesOf(plan, values);
    changes.check();
    if (kind.list !== undefined && values['skip-import'] !== true)
      await listInModule(changes, plan, moduleFile(plan, values, cwd));
    if (values['dry-run'] === true) terminal.log(changes.diff().trimEnd());
    else terminal.log((await changes.write()).join('\n'));
  },
});

function kindTable(): string {
  return table(
    Object.entries(KINDS).map(([kind, { alias, about }]) => [kind, alias, about]),
    '  ',
  );
}

function kindOf(name: string | undefined): Kind {
  if (name === undefined)
    throw new UsageError(`What kind of thing? There are\n${kindTable()}\nRun "lambent generate --help".`);
  const kind = Object.entries(KINDS).find(([known, { alias }]) => name === known || name === alias)?.[1];
  if (kind) return kind;
  throw new UsageError(
    `There is no kind "${name}".${suggestion(name, Object.keys(KINDS))} The kinds are\n${kindTable()}`,
  );
}

function planOf(kind: Kind, name: ElementName, { flat }: Values, root: string): Plan {
  const own = flat === true ? [] : [kind.folder ?? name.kebab];
  return { kind, name, root, folder: join(root, 'src', ...name.folders, ...own) };
}

function filesOf({ kind, name, root, folder }: Plan, values: Values): Changes {
  const changes = new Changes(root);
  for (const [path, text] of Object.entries(kind.files(name))) {
    if (values['no-spec'] === true && path.endsWith('.spec.ts')) continue;
    changes.create(relative(root, join(folder, path)), text);
  }
  return changes;
}

function moduleFile({ kind, root, folder }: Plan, { module, flat }: Values, cwd: string): string {
  // A module is not to be listed in itself, nor in what else is in its folder.
  if (module === undefined)
    return findModule(kind.list === 'imports' && flat !== true ? dirname(folder) : folder, root);
  const file = resolve(cwd, module);
  if (isFile(file)) return file;
  throw new CommandError(`There is no file ${module}: --module takes that of a module, as in src/app.module.ts.`);
}

async function listInModule(changes: Changes, { kind, name, root, folder }: Plan, module: string): Promise<void> {
  const parse = await loadParser();
  const path = relative(root, module);
  const target = relative(dirname(module), join(folder, `${name.kebab}.${kind.role}.js`))
    .split(sep)
    .join('/');
  const entry = {
    list: kind.list!,
    name: `${name.pascal}${kind.role[0]!.toUpperCase()}${kind.role.slice(1)}`,
    from: target.startsWith('.') ? target : `./${target}`,
  };
  changes.edit(path, (source) => addToModule(parse(path, source), entry));
}
