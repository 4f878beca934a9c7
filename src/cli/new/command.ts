import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Changes } from '../files/changes.js';
import { projectFiles } from '../files/templates/project/project-files.js';
import { FRONT_DOORS } from '../files/templates/project/project-settings.js';
import { defineCommand, type Workplace } from '../framework/command.js';
import { CommandError } from '../framework/errors.js';
import { packageManifest } from '../project/lambent-package.js';
import { type NewProject, newProject } from './new-project.js';

export const command = defineCommand({
  name: 'new',
  about: 'Makes a project: TypeScript, tests, an example, a template to deploy. It asks for what is not given.',
  takes: ['<name>'],
  flags: {
    api: {
      type: 'string',
      value: 'kind',
      about: `what is in front: ${Object.keys(FRONT_DOORS).join(', ')}; http-api unless given`,
    },
    yes: { type: 'boolean', short: 'y', about: 'asks nothing' },
    'no-install': { type: 'boolean', about: 'leaves "npm install" to you' },
    lambent: {
      type: 'string',
      value: 'spec',
      about: 'what to install as lambent: a version, a folder or a packed file; this version unless given',
    },
    'dry-run': { type: 'boolean', short: 'd', about: 'shows the files as a diff, and writes nothing' },
  },
  examples: [
    ['new my-api', 'asks, writes and installs'],
    ['new my-api --yes --api rest-api', 'asks nothing'],
    ['new my-api --yes --no-install', 'needs no network'],
    ['new packages/my-api', "in a folder of this one, as of npm's workspaces"],
    ['new .', 'in this folder, by its name'],
  ],
  async run(values, [name], workplace) {
    const { cwd, program, terminal } = workplace;
    const project = await newProject(name, values, workplace);
    refuseUsedFolder(join(cwd, project.folder), project.folder);
    const { version, devDependencies } = packageManifest(program);
    const changes = new Changes(cwd);
    const files = projectFiles({ ...project, lambent: project.lambent ?? `^${version}`, versions: devDependencies });
    for (const [path, text] of Object.entries(files)) changes.create(join(project.folder, path), text);
    if (values['dry-run'] === true) return terminal.log(changes.diff().trimEnd());
    terminal.log((await changes.write()).join('\n'));
    await finish(project, workplace);
  },
});

/** What an empty project may have: a repository, and its licence. */
const HARMLESS = new Set(['.git', '.idea', '.vscode', 'LICENSE']);

function refuseUsedFolder(folder: string, name: string): void {
  const found = existsSync(folder) ? entriesOf(folder).filter((entry) => !HARMLESS.has(entry)) : [];
  if (found.length === 0) return;
  const place = name === '.' ? 'this folder' : name;
  throw new CommandError(
    `There is something in ${place} already (${found.slice(0, 3).join(', ')}): take another name, or remove it.`,
  );
}

function entriesOf(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path) : ['a file'];
}

async function finish({ folder, install }: NewProject, { cwd, terminal }: Workplace): Promise<void> {
  if (install) await installPackages(join(cwd, folder));
  const steps = [...(folder === '.' ? [] : [`cd ${folder}`]), ...(install ? [] : ['npm install']), 'npm start'];
  terminal.log(`\nDone. Next:\n${steps.map((step) => `  ${step}`).join('\n')}`);
}

/** @throws CommandError when npm fails, or is not there: one or the other has said why by then. */
async function installPackages(folder: string): Promise<void> {
  // By a shell, for on Windows npm is a script, which nothing else runs.
  const npm = spawn('npm install --no-audit --no-fund', { cwd: folder, stdio: 'inherit', shell: true });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0)
    throw new CommandError(`The project is written, but "npm install" failed (see above). Call it again in ${folder}.`);
}
