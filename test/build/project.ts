import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildOptions } from '../../src/build/build-options.js';
import type { BuildReport } from '../../src/build/build-report.js';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';
import { blocksOf, readPages } from '../docs/markdown.js';
import { run } from '../integration/formats/project.js';
import { repository } from '../package/manifest.js';

const PACKAGES = [
  'reflect-metadata',
  'tsyringe',
  'class-validator',
  'class-transformer',
  'winston',
  'winston-transport',
  'lru-cache',
  'aws-jwt-verify',
  '@aws-sdk',
  '@types',
];

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  },
};

/** What `build()` gave, or the error that it threw, and all that it printed. */
export interface Built extends BuildReport {
  readonly failure?: { readonly name: string; readonly message: string };
  readonly lines: readonly string[];
}

export interface BuildProject {
  /** To be removed. */
  readonly folder: string;
  readonly built: Readonly<Record<string, Built>>;
  /** Of the bundles: no `node_modules` can be reached from there. */
  readonly bundles: string;
}

/**
 * A user's project with the applications of this folder and the one that the README shows, bundled once for each of
 * `builds`.
 *
 * @param installed The only packages that the project and Lambent find, besides those of `sources`.
 */
export async function createBuildProject(
  builds: Readonly<Record<string, BuildOptions>>,
  sources: Readonly<Record<string, string>>,
  installed?: readonly string[],
): Promise<BuildProject> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-build-')));
  const [cwd, bundles] = [join(folder, 'project'), join(folder, 'bundles')];
  cpSync(join(__dirname, 'apps'), join(cwd, 'src'), { recursive: true });
  const files = {
    'package.json': JSON.stringify({ name: 'orders', type: 'module' }),
    'tsconfig.json': JSON.stringify(TSCONFIG),
    'src/hello.ts': readmeApp(),
  };
  for (const [name, text] of Object.entries({ ...files, ...sources })) write(join(cwd, name), text);
  link(join(cwd, 'node_modules'), installed);
  const options = Object.entries(builds).map(([name, build]) => ({ cwd, outDir: join(bundles, name), ...build }));
  const list = join(folder, 'builds.json');
  writeFileSync(list, JSON.stringify(options));
  const reports = JSON.parse(await run([join(__dirname, 'build.mjs'), list])) as Built[];
  return {
    folder,
    bundles,
    built: Object.fromEntries(Object.keys(builds).map((name, index) => [name, reports[index]!])),
  };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function readmeApp(): string {
  const readme = readPages(repository).find(({ path }) => path === 'README.md')!;
  const block = blocksOf(readme).find(({ title }) => title === 'app.ts')!;
  return block.code.map(({ text }) => text).join('\n');
}

function link(modules: string, installed?: readonly string[]): void {
  mkdirSync(modules, { recursive: true });
  // A link would find what is installed beside its target.
  if (installed) {
    for (const name of ['package.json', 'dist/esm'])
      cpSync(join(repository, name), join(modules, 'lambent', name), { recursive: true });
  } else symlinkSync(repository, join(modules, 'lambent'), 'dir');
  for (const name of installed ?? PACKAGES)
    symlinkSync(realpathSync(join(repository, 'node_modules', name)), join(modules, name), 'dir');
}

export interface Outcome {
  readonly answer: { readonly statusCode: number; readonly body: string } & {
    readonly thrown?: { readonly name: string; readonly message: string };
  };
  readonly log: readonly Record<string, unknown>[];
}

/** Sends events of requests to a bundle's handler in a process of its own. */
export async function invoke(
  entry: string,
  requests: readonly HttpEventRequest[],
  nodeOptions = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome[]> {
  const events = requests.map((request) => ({ handler: 'handler', event: httpEvents.apiGatewayV2(request) }));
  return send(entry, events, { NODE_OPTIONS: nodeOptions, ...env });
}

let sent = 0;

/** Sends events to handlers of a bundle, in a process of its own. */
export async function send(
  entry: string,
  list: readonly { readonly handler: string; readonly event: unknown }[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome[]> {
  const events = `${entry}.events${sent++}.json`;
  writeFileSync(events, JSON.stringify(list));
  const way = entry.endsWith('.cjs') ? 'require' : 'import';
  const runner = join(repository, 'test/integration/formats/run.mjs');
  const printed = await run([runner, way, entry, events], env);
  return (JSON.parse(printed) as { outcomes: Outcome[] }).outcomes;
}
