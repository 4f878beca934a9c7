import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { table } from '../../local/table.js';
import { documentation } from '../../shared/documentation.js';
import { suggestion } from '../../shared/suggestion.js';
import { listInModule } from '../files/add-to-module.js';
import { Changes } from '../files/changes.js';
import { moduleFile } from '../files/find-module.js';
import { SERVICES } from '../files/templates/services/service-list.js';
import type { Service } from '../files/templates/services/service.js';
import { CommandError, UsageError } from '../framework/command-error.js';
import { type CommandContext, defineCommand, type Flags, type FlagValues } from '../framework/command.js';
import { installPackages } from '../project/install-packages.js';
import { lambentManifest } from '../project/lambent-package.js';
import { projectFolder, projectManifest } from '../project/package-json.js';
import { addDependencies, installCommand, type Packages } from './dependencies.js';

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
    ['add auth', 'Authentication with tokens, in src/auth'],
    ['add metrics --dry-run', 'Print a diff'],
  ],
  async run(values, [name], context) {
    if (name === undefined)
      return context.terminal.log(`Services:\n${SERVICE_TABLE}\n\nAdd one, such as: lambent add auth`);
    const service = serviceNamed(name);
    const root = projectFolder(context.cwd);
    refuseTwice(service, root);
    const changes = newFiles(service, values, root);
    changes.check();
    if (service.variables !== undefined) addVariables(changes, root, service.variables);
    changes.edit('package.json', (text) => withPackages(text, service, values, context.program));
    if (values['skip-import'] !== true) {
      const module = moduleFile(values.module, { folder: join(root, 'src'), root, cwd: context.cwd });
      await listInModule(changes, root, module, { list: 'imports', ...classOf(service, root) });
    }
    if (values['dry-run'] === true) return context.terminal.log(changes.diff().trimEnd());
    context.terminal.log((await changes.write()).join('\n'));
    await finish(service, { values, root, context });
  },
});

function serviceNamed(name: string): Service {
  if (Object.hasOwn(SERVICES, name)) return SERVICES[name]!;
  throw new UsageError(
    `Unknown service "${name}".${suggestion(name, Object.keys(SERVICES))} Services:\n${SERVICE_TABLE}`,
  );
}

/** @throws CommandError if a source of the project configures the service's module of Lambent already. */
function refuseTwice({ lambentModule, page }: Service, root: string): void {
  const sources = join(root, 'src');
  if (lambentModule === undefined || !existsSync(sources)) return;
  const paths = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const found = paths.find((path) => readFileSync(join(sources, path), 'utf8').includes(`${lambentModule}.forRoot`));
  if (found === undefined) return;
  throw new CommandError(
    `Nothing was written: src/${found.replaceAll('\\', '/')} imports ${lambentModule} already. ` +
      `Change it there: see ${documentation(page)}`,
  );
}

function newFiles(service: Service, values: AddValues, root: string): Changes {
  const changes = new Changes(root);
  for (const [path, text] of Object.entries(service.files(projectName(root)))) {
    if (values['no-spec'] === true && path.endsWith('.spec.ts')) continue;
    changes.create(join('src', service.folder, path), text);
  }
  return changes;
}

/** Returns the name of the project, without what neither a string of its sources nor CloudWatch takes. */
function projectName(root: string): string {
  const { name = basename(root) } = projectManifest(root);
  return name.replaceAll(/[^\w./-]/g, '') || 'app';
}

/** Appends variables to `.env.example`, which a project need not have. */
function addVariables(changes: Changes, root: string, variables: string): void {
  if (!existsSync(join(root, '.env.example'))) return changes.create('.env.example', variables);
  changes.edit('.env.example', (text) => `${text.trimEnd()}\n\n${variables}`);
}

function withPackages(text: string, service: Service, values: AddValues, program: string): string {
  const { devDependencies, peerDependencies } = lambentManifest(program);
  const versions = { ...peerDependencies, ...devDependencies };
  return addDependencies(text, { ...packagesOf(service, values), versions });
}

function packagesOf({ packages, testPackages = [] }: Service, values: AddValues): Packages {
  return { dependencies: packages, devDependencies: values['no-spec'] === true ? [] : testPackages };
}

/** Returns the module that the root module imports, and its file. */
function classOf({ folder, module: [name, file] }: Service, root: string) {
  return { name, file: join(root, 'src', folder, `${file}.js`) };
}

interface Finish {
  readonly values: AddValues;
  readonly root: string;
  readonly context: CommandContext;
}

async function finish(service: Service, { values, root, context }: Finish): Promise<void> {
  const commandLine = installCommand(root);
  const hasPackages = Object.values(packagesOf(service, values)).some((names) => names.length > 0);
  const installs = hasPackages && values['no-install'] !== true;
  if (installs) await installPackages({ commandLine, folder: root, done: 'The files were written' }, context);
  const steps = [
    ...(hasPackages && !installs ? [`Run "${commandLine}".`] : []),
    ...service.next,
    `Read ${documentation(service.page)}`,
  ];
  const paste = values['skip-import'] === true ? toPaste(service) : [];
  context.terminal.log([...paste, 'Next steps:', ...steps.map((step) => `  ${step}`)].join('\n'));
}

function toPaste({ folder, module: [name, file] }: Service): string[] {
  return [
    'Add this to your root module:',
    `  import { ${name} } from './${folder}/${file}.js';`,
    `  imports: [${name}]`,
  ];
}
