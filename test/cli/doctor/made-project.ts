import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../../../src/cli/doctor/checked-project.js';
import { repository } from '../../package/manifest.js';
import { Workshop } from '../workshop.js';

const TSCONFIG = {
  target: 'es2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  noEmit: true,
};

export const HANDLER = `import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';

export const { handler } = await LambdaApplication.create(AppModule).ready();
`;

const SOUND = {
  'package.json': JSON.stringify({ name: 'shop', type: 'module' }),
  'tsconfig.json': tsconfig({}),
  'src/handler.ts': HANDLER,
  'src/app.module.ts': "import { Module } from 'lambent';\n\n@Module({})\nexport class AppModule {}\n",
};

const LINKED = ['class-transformer', 'class-validator', 'reflect-metadata', 'rolldown', 'tsyringe', 'typescript'];

/** Options that differ from those of a sound project; `undefined` removes one. */
export function tsconfig(changes: object): string {
  return JSON.stringify({ compilerOptions: { ...TSCONFIG, ...changes }, include: ['src'] });
}

/** A project in which nothing is wrong but what the files change. The packages are links to our own. */
export function madeProject(files: Readonly<Record<string, string>> = {}, absent: readonly string[] = []): Workshop {
  const project = new Workshop({ ...SOUND, ...files });
  link(project, 'lambent', repository);
  for (const name of LINKED.filter((each) => !absent.includes(each)))
    link(project, name, join(repository, 'node_modules', name));
  return project;
}

function link(project: Workshop, name: string, target: string): void {
  const path = join(project.folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}

/** What `lambent doctor --json` finds. */
export async function findingsIn(project: Workshop): Promise<readonly Finding[]> {
  const { printed } = await project.call('doctor --json');
  return JSON.parse(printed) as readonly Finding[];
}

/** What is wrong in a project with these files, each finding with its level. */
export async function wrongWith(files: Readonly<Record<string, string>>): Promise<string[]> {
  const findings = await findingsIn(madeProject(files));
  return findings.map(({ level, what }) => `${level}: ${what}`);
}
