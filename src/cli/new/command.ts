import { join } from 'node:path';
import { Changes } from '../files/changes.js';
import { isFile, withParents } from '../files/paths.js';
import { DEPLOYMENTS } from '../files/templates/project/deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from '../files/templates/project/package-managers.js';
import { projectFiles } from '../files/templates/project/project-files.js';
import { FRONT_DOORS } from '../files/templates/project/project-settings.js';
import { TEST_RUNNERS } from '../files/templates/project/test-runners.js';
import { type CommandContext, defineCommand } from '../framework/command.js';
import { installPackages } from '../project/install-packages.js';
import { lambentManifest } from '../project/lambent-package.js';
import { type NewProject, newProject } from './new-project.js';

export const command = defineCommand({
  name: 'new',
  about: 'Create a project with an example, tests, checks and its deployment. Asks for what you leave out.',
  positionals: ['<name>'],
  flags: {
    api: { type: 'string', value: 'kind', about: `API in front of the function: ${namesOf(FRONT_DOORS)}` },
    'test-runner': { type: 'string', value: 'name', about: `Test runner: ${namesOf(TEST_RUNNERS)}` },
    deploy: { type: 'string', value: 'tool', about: `Deployment tool: ${namesOf(DEPLOYMENTS)}` },
    'package-manager': { type: 'string', value: 'name', about: `Package manager: ${namesOf(PACKAGE_MANAGERS)}` },
    yes: { type: 'boolean', short: 'y', about: 'Use defaults instead of asking' },
    'no-install': { type: 'boolean', about: 'Do not install packages' },
    lambent: {
      type: 'string',
      value: 'spec',
      about: 'Version, folder or tarball to install as lambent (default: this version)',
    },
    'dry-run': { type: 'boolean', short: 'd', about: 'Print the files as a diff and write nothing' },
  },
  examples: [
    ['new my-api', 'Ask, write and install'],
    ['new my-api --yes --deploy cdk', 'Ask nothing'],
    ['new my-api --yes --no-install', 'Work offline'],
    ['new packages/my-api', 'Create it in a subfolder, such as an npm workspace'],
    ['new .', 'Use the current folder and its name'],
  ],
  async run(values, [name], context) {
    const { cwd, program, terminal } = context;
    const project = await newProject(name, values, context);
    const { version, devDependencies } = lambentManifest(program);
    const changes = new Changes(cwd);
    const files = projectFiles({ ...project, lambent: project.lambent ?? `^${version}`, versions: devDependencies });
    for (const [path, text] of Object.entries(files)) {
      // A workspace inside another one would not belong to it.
      if (path === WORKSPACE && withParents(cwd).some((folder) => isFile(join(folder, WORKSPACE)))) continue;
      changes.create(join(project.folder, path), text);
    }
    if (values['dry-run'] === true) return terminal.log(changes.diff().trimEnd());
    terminal.log((await changes.write()).join('\n'));
    await finish(project, context);
  },
});

const WORKSPACE = 'pnpm-workspace.yaml';

/** The names of choices for the help, with the default. */
function namesOf(choices: object): string {
  const names = Object.keys(choices);
  return `${names.join(', ')} (default: ${names[0]!})`;
}

async function finish(project: NewProject, context: CommandContext): Promise<void> {
  const { folder, packageManager, install, inRepository } = project;
  const { exec, run, install: commandLine } = PACKAGE_MANAGERS[packageManager];
  const installation = { commandLine, folder: join(context.cwd, folder), done: 'The project was created' };
  if (install) await installPackages(installation, context);
  const steps = [
    ...(folder === '.' ? [] : [`cd ${folder}`]),
    ...(install ? [] : [`${packageManager} install`]),
    `${packageManager} start`,
  ];
  if (inRepository)
    context.terminal.log(
      "\nNo workflow for GitHub was written, because GitHub runs only those of the repository's root. Have yours run " +
        `"${run} types", "${run} lint", "${packageManager} test" and "${run} build" in ${folder}.`,
    );
  context.terminal.log(
    `\nDone. Next steps:\n${steps.map((step) => `  ${step}`).join('\n')}\n\n` +
      'Then open http://localhost:3000/docs. Add what you need, with its tests:\n' +
      `  ${exec} lambent generate resource orders\n  ${exec} lambent add`,
  );
}
