import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from './manifest.js';

const NETWORK_FAILURE = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|ENOTCACHED|network/;

export interface FreshProject {
  readonly folder: string;
  /** Paths inside the tarball, sorted. */
  readonly packed: readonly string[];
  /** Of all files of the tarball, unpacked. */
  readonly bytes: number;
  write(files: Readonly<Record<string, string>>): void;
  /** Runs Node in the project; throws with the output when it fails. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): string;
  /** Runs a JavaScript tool of the repository's own dependencies, as in `typescript/bin/tsc`. */
  tool(path: string, args: readonly string[]): string;
}

/** Packs the built package and installs the tarball into an empty folder, as a user would. */
export function createFreshProject(): FreshProject {
  const folder = mkdtempSync(join(tmpdir(), 'lambent-fresh-'));
  const { tarball, packed, bytes } = pack(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  install(folder, tarball);
  linkConstructs(folder);
  const node: FreshProject['node'] = (args, env) => run(process.execPath, args, folder, env);
  return {
    folder,
    packed,
    bytes,
    write: (files) => Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text)),
    node,
    tool: (path, args) => node([join(repository, 'node_modules', path), ...args]),
  };
}

function pack(destination: string): { tarball: string; packed: string[]; bytes: number } {
  const output = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', destination], repository);
  const [{ filename, files, unpackedSize }] = JSON.parse(output) as [
    { filename: string; files: { path: string }[]; unpackedSize: number },
  ];
  const packed = files.map(({ path }) => path).toSorted();
  return { tarball: join(destination, filename), packed, bytes: unpackedSize };
}

function install(folder: string, tarball: string): void {
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0'];
  try {
    run('npm', ['install', ...flags, tarball, '@types/node@20'], folder);
  } catch (error) {
    if (!NETWORK_FAILURE.test(String(error))) throw error;
    process.stderr.write(
      'The registry is out of reach: the tarball is unpacked beside links to our own dependencies.\n',
    );
    unpack(folder, tarball);
  }
}

/** What `lambent/cdk` needs is 160 MB, and ours does. */
function linkConstructs(folder: string): void {
  for (const name of ['aws-cdk-lib', 'constructs']) {
    const target = join(folder, 'node_modules', name);
    if (!existsSync(target)) symlinkSync(join(repository, 'node_modules', name), target, 'dir');
  }
}

/** The same layout without a registry; it cannot show a dependency that the manifest forgot. */
function unpack(folder: string, tarball: string): void {
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'lambent');
  mkdirSync(own, { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', own], folder);
  const installed = join(repository, 'node_modules');
  for (const name of readdirSync(installed).flatMap((entry) => packagesAt(installed, entry))) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(installed, name), join(modules, name), 'dir');
  }
}

function packagesAt(installed: string, entry: string): string[] {
  if (entry.startsWith('.') || entry === 'lambent') return [];
  return entry.startsWith('@') ? readdirSync(join(installed, entry)).map((name) => `${entry}/${name}`) : [entry];
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  try {
    return execFileSync(command, args, {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 300_000,
    });
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error });
  }
}
