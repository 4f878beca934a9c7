import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Changes } from '../files/changes.js';
import { projectFiles } from '../files/templates/project/project-files.js';
import { FRONT_DOORS } from '../files/templates/project/project-settings.js';
import { type CommandContext, defineCommand } from '../framework/command.js';
import { CommandError } from '../framework/errors.js';
import { lambentManifest } from '../project/lambent-package.js';
import { type NewProject, newProject } from './new-project.js';

export const command = defineCommand({
  name: 'new',
  about: 'Create a project with TypeScript, tests, an example and a SAM template. Asks for what you leave out.',
  positionals: ['<name>'],
  flags: {
    api: {
      type: 'string',
      value: 'kind',
      about: `API in front of the function: ${Object.keys(FRONT_DOORS).join(', ')} (default: http-api)`,
    },
    yes: { type: 'boolean', short: 'y', about: 'Use defaults instead of asking' },
    'no-install': { type: 'boolean', about: 'Skip "npm install"' },
    lambent: {
      type: 'string',
      value: 'spec',
      about: 'Version, folder or tarball to install as lambent (default: this version)',
    },
    'dry-run': { type: 'boolean', short: 'd', about: 'Print the files as a diff and write nothing' },
  },
  examples: [
    ['new my-api', 'Ask, write and install'],
    ['new my-api --yes --api rest-api', 'Ask nothing'],
    ['new my-api --yes --no-install', 'Work offline'],
    ['new packages/my-api', 'Create it in a subfolder, such as an npm workspace'],
    ['new .', 'Use the current folder and its name'],
  ],
  async run(values, [name], context) {
    const { cwd, program, terminal } = context;
    const project = await newProject(name, values, context);
    refuseUsedFolder(join(cwd, project.folder), project.folder);
    const { version, devDependencies } = lambentManifest(program);
    const changes = new Changes(cwd);
    const files = projectFiles({ ...project, lambent: project.lambent ?? `^${version}`, versions: devDependencies });
    for (const [path, text] of Object.entries(files)) changes.create(join(project.folder, path), text);
    if (values['dry-run'] === true) return terminal.log(changes.diff().trimEnd());
    terminal.log((await changes.write()).join('\n'));
    await finish(project, context);
  },
});

/** What the folder of a new project may already contain. */
const ALLOWED = new Set(['.git', '.idea', '.vscode', 'LICENSE']);

function refuseUsedFolder(folder: string, name: string): void {
  const found = existsSync(folder) ? entriesOf(folder).filter((entry) => !ALLOWED.has(entry)) : [];
  if (found.length === 0) return;
  const place = name === '.' ? 'The current folder' : name;
  throw new CommandError(
    `${place} is not empty (${found.slice(0, 3).join(', ')}). Choose another name, or remove what is there.`,
  );
}

function entriesOf(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path) : ['a file'];
}

async function finish({ folder, install }: NewProject, { cwd, terminal }: CommandContext): Promise<void> {
  if (install) await installPackages(join(cwd, folder));
  const steps = [...(folder === '.' ? [] : [`cd ${folder}`]), ...(install ? [] : ['npm install']), 'npm start'];
  terminal.log(`\nDone. Next steps:\n${steps.map((step) => `  ${step}`).join('\n')}`);
}

/** @throws CommandError if npm fails or is missing, after npm or the shell has printed why. */
async function installPackages(folder: string): Promise<void> {
  // Through a shell, because on Windows npm is a script that only a shell can run.
  const npm = spawn('npm install --no-audit --no-fund', { cwd: folder, stdio: 'inherit', shell: true });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0)
    throw new CommandError(`The project was created, but "npm install" failed (see above). Run it again in ${folder}.`);
}
