import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { table } from '../../local/terminal.js';
import { documentation } from '../../shared/documentation.js';
import { suggestion } from '../../shared/near-names.js';
import { addToModule, type ModuleEntry } from '../files/add-to-module.js';
import { Changes } from '../files/changes.js';
import { moduleFile, specifierOf } from '../files/find-module.js';
import { loadParser } from '../files/parse-source.js';
import { SERVICES } from '../files/templates/services/service-list.js';
import type { Service } from '../files/templates/services/service.js';
import { type CommandContext, defineCommand, type Flags, type FlagValues } from '../framework/command.js';
import { CommandError, UsageError } from '../framework/errors.js';
import { installPackages } from '../project/install-packages.js';
import { lambentManifest } from '../project/lambent-package.js';
import { projectFolder, projectManifest } from '../project/package-json.js';
import { addDependencies } from './dependencies.js';
import { installCommand } from './install-command.js';

const FLAGS = {
  'dry-run': { type: 'boolean', short: 'd', about: 'Print the changes as a diff and write nothing' },
  module: { type: 'string', short: 'm', value: 'file', about: 'Module to import it in (default: src/app.module.ts)' },
  'skip-import': { type: 'boolean', about: 'Do not edit a module; print what to paste' },
  'no-spec': { type: 'boolean', about: 'Do not create tests' },
  'no-install': { type: 'boolean', about: 'Do not install packages' },
} as const satisfies Flags;

const SERVICE_TABLE = table(
  Object.entries(SERVICES).map(([name, { about }]) => [name, about]),
  '  ',
);

type AddValues = FlagValues<typeof FLAGS>;

export const command = defineCommand({
  name: 'add',
  about:
    'Add a service with its packages, settings, an example and a test, and import it in the root module. Existing ' +
    `files are never overwritten.\n\nServices:\n${SERVICE_TABLE}`,
  positionals: ['[service]'],
  flags: FLAGS,
  examples: [
    ['add', 'List the services'],
    ['add auth', 'Callers with tokens, in src/auth'],
    ['add metrics --dry-run', 'Print a diff'],
  ],
  async run(values, [name], context) {
    if (name === undefined)
      return context.terminal.log(`Services:\n${SERVICE_TABLE}\n\nAdd one, such as: lambent add auth`);
    const service = serviceNamed(name);
    const root = projectFolder(context.cwd);
    refuseTwice(service, root);
    const changes = new Changes(root);
    const files = Object.entries(service.files(projectName(root))).filter(
      ([path]) => !isTest(path) || values['no-spec'] !== true,
    );
    for (const [path, text] of files) changes.create(join('src', service.folder, path), text);
    changes.check();
    if (service.variables !== undefined) appendTo(changes, root, service.variables);
    changes.edit('package.json', (text) => withPackages(text, service, values, context.program));
    const entry = await importIn(changes, root, service, { values, cwd: context.cwd });
    if (values['dry-run'] === true) return context.terminal.log(changes.diff().trimEnd());
    context.terminal.log((await changes.write()).join('\n'));
    await finish(service, entry, { values, root, context });
  },
});

function serviceNamed(name: string): Service {
  if (Object.hasOwn(SERVICES, name)) return SERVICES[name]!;
  throw new UsageError(
    `Unknown service "${name}".${suggestion(name, Object.keys(SERVICES))} Services:\n${SERVICE_TABLE}`,
  );
}

/** Returns the name of the project, without what neither a string of its sources nor CloudWatch takes. */
function projectName(root: string): string {
  const { name = basename(root) } = projectManifest(root);
  return name.replaceAll(/[^\w./-]/g, '') || 'app';
}

function isTest(path: string): boolean {
  return path.endsWith('.spec.ts');
}

/** Appends variables to `.env.example`, which a project need not have. */
function appendTo(changes: Changes, root: string, variables: string): void {
  if (!existsSync(join(root, '.env.example'))) return changes.create('.env.example', variables);
  changes.edit('.env.example', (text) => `${text.trimEnd()}\n\n${variables}`);
}

function withPackages(text: string, service: Service, values: AddValues, program: string): string {
  const { devDependencies, peerDependencies } = lambentManifest(program);
  const versions = { ...peerDependencies, ...devDependencies };
  const tests = values['no-spec'] === true ? [] : (service.testPackages ?? []);
  return addDependencies(text, { dependencies: service.packages, devDependencies: tests, versions });
}

/** Imports the service's module in the root module. Returns what was added, or is left to the user. */
async function importIn(
  changes: Changes,
  root: string,
  { folder, module: [name, file] }: Service,
  { values, cwd }: { readonly values: AddValues; readonly cwd: string },
): Promise<ModuleEntry> {
  const target = join(root, 'src', folder, `${file}.js`);
  if (values['skip-import'] === true) return { list: 'imports', name, from: specifierOf(join(root, 'src'), target) };
  const module = moduleFile(values.module, { folder: join(root, 'src'), root, cwd });
  const entry: ModuleEntry = { list: 'imports', name, from: specifierOf(dirname(module), target) };
  const parse = await loadParser();
  const path = relative(root, module);
  changes.edit(path, (source) => addToModule(parse(path, source), entry));
  return entry;
}

interface Finish {
  readonly values: AddValues;
  readonly root: string;
  readonly context: CommandContext;
}

async function finish(service: Service, entry: ModuleEntry, { values, root, context }: Finish): Promise<void> {
  const commandLine = installCommand(root);
  const needed = service.packages.length + (service.testPackages ?? []).length > 0;
  const failure = `The files were written, but "${commandLine}" failed (see above). Run it again in ${root}.`;
  if (needed && values['no-install'] !== true) await installPackages({ commandLine, folder: root, failure }, context);
  const paste = [
    'Add this to your root module:',
    `  import { ${entry.name} } from '${entry.from}';`,
    `  imports: [${entry.name}]`,
  ];
  const steps = [
    ...(needed && values['no-install'] === true ? [`Run "${commandLine}".`] : []),
    ...service.next,
    `Read ${documentation(service.page)}`,
  ];
  context.terminal.log(
    [...(values['skip-import'] === true ? paste : []), 'Next steps:', ...steps.map((step) => `  ${step}`)].join('\n'),
  );
}

/** @throws CommandError if a source of the project configures the service's module of Lambent already. */
function refuseTwice({ own, page }: Service, root: string): void {
  const sources = join(root, 'src');
  if (own === undefined || !existsSync(sources)) return;
  const paths = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const found = paths.find((path) => readFileSync(join(sources, path), 'utf8').includes(`${own}.forRoot`));
  if (found === undefined) return;
  throw new CommandError(
    `Nothing was written: src/${found.replaceAll('\\', '/')} imports ${own} already. ` +
      `Change it there: see ${documentation(page)}`,
  );
}
