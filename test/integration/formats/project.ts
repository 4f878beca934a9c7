import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { manifest, repository } from '../../package/manifest.js';

const fixture = __dirname;
const tsc = join(repository, 'node_modules/typescript/bin/tsc');

export interface Project {
  /** To be removed. */
  readonly folder: string;
  /** The compiled sources, `esm/out` and `cjs/out`. */
  readonly compiled: string;
  /** A folder from which no `node_modules` can be reached. */
  readonly bundles: string;
}

/**
 * The fixture as a user has it: compiled by `tsc` as ES modules and as CommonJS, beside a library that is CommonJS, and
 * bundled.
 */
export async function createProject(): Promise<Project> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-formats-')));
  const [compiled, bundles] = [join(folder, 'project'), join(folder, 'bundles')];
  linkPackages(join(compiled, 'node_modules'));
  await compile(join(compiled, 'node_modules/formats-library'), 'library', {
    type: 'commonjs',
    exports: './out/index.js',
  });
  await Promise.all([
    compile(join(compiled, 'esm'), 'app', { type: 'module' }),
    compile(join(compiled, 'cjs'), 'app', { type: 'commonjs' }),
  ]);
  await run([join(fixture, 'bundle.mjs'), compiled, bundles]);
  return { folder, compiled, bundles };
}

const requiredPeers = Object.keys(manifest.peerDependencies).filter(
  (name) => !manifest.peerDependenciesMeta[name]?.optional,
);

function linkPackages(modules: string): void {
  mkdirSync(modules, { recursive: true });
  symlinkSync(repository, join(modules, 'lambent'), 'dir');
  for (const name of [...requiredPeers, '@types']) {
    symlinkSync(realpathSync(join(repository, 'node_modules', name)), join(modules, name), 'dir');
  }
}

async function compile(folder: string, sources: string, packageJson: object): Promise<void> {
  cpSync(join(fixture, sources), join(folder, 'src'), { recursive: true });
  cpSync(join(fixture, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(packageJson));
  await run([tsc, '-p', join(folder, 'tsconfig.json')]);
}

/** Runs Node and gives what it printed. */
export async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    const options = { env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: 300_000, maxBuffer: 2 ** 24 };
    return (await promisify(execFile)(process.execPath, args, options)).stdout;
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error });
  }
}
