// Installs Node and AWS's runtime interface client in .runtime/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The versions of Node and of the runtime client that functions run on. Lambda's Node 20 has client 3.3, and its Node
 * 22 most likely, too; client 4 needs Node 22. All tests run with the first client of a Node, and those that depend on
 * the client with the others as well.
 */
const CLIENTS = { 20: ['3.3.0'], 22: ['4.0.2', '3.3.0'], 24: ['4.0.2', '3.3.0'] };
export const MAJORS = Object.keys(CLIENTS).map(Number);

const nodePackage = `node-linux-${process.arch}`;

/** The commands for building the client, with curl and aws-lambda-cpp, and Debian's package of each. */
const BUILD_TOOLS = {
  autoconf: 'autoconf',
  automake: 'automake',
  libtoolize: 'libtool',
  cmake: 'cmake',
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
  xz: 'xz-utils',
};

/** Says why a runtime cannot be installed, which is not a failure of the project. */
export class RuntimeUnavailable extends Error {}

/**
 * @returns One `{ major, version, client, node, clientFolder }` for each client of that Node
 * @throws RuntimeUnavailable when tools or packages are not available
 */
export function installRuntimes(cache, major) {
  return clientsOf(major).map((client) => installRuntime(cache, major, client));
}

/** @param client Defaults to the first client of that Node. */
export function installRuntime(cache, major, client = clientsOf(major)[0]) {
  const nodeFolder = installed(
    join(cache, `node-${major}-${process.arch}`),
    (folder) => installNode(folder, major),
    nodePackage,
  );
  // Built against Node-API, so the build of one Node works in all others.
  const clientFolder = installed(
    join(cache, `ric-${client}-${process.arch}`),
    (folder) => installClient(folder, nodeFolder, client),
    'aws-lambda-ric',
  );
  const node = join(nodeFolder, 'bin', 'node');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return { major, version, client, node, clientFolder };
}

function clientsOf(major) {
  const clients = CLIENTS[major];
  if (!clients)
    throw new RuntimeUnavailable(`no runtime client is known for Node ${major}; known: ${MAJORS.join(', ')}`);
  return clients;
}

/** Installs a package once and returns its folder. */
function installed(folder, install, packageName) {
  const built = join(folder, '.built');
  if (!existsSync(built)) {
    ensurePlatform();
    emptyProject(folder);
    install(folder);
    writeFileSync(built, '');
  }
  return join(folder, 'node_modules', packageName);
}

function ensurePlatform() {
  if (process.platform !== 'linux')
    throw new RuntimeUnavailable(`the runtime client builds on Linux, not on ${process.platform}`);
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid() !== 0) throw new RuntimeUnavailable(`build tools are missing; as root: ${command}`);
  run('apt-get', ['update', '-qq'], {}, command);
  run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...missing],
    { DEBIAN_FRONTEND: 'noninteractive' },
    command,
  );
}

function missingPackages() {
  const folders = process.env.PATH.split(':');
  return Object.entries(BUILD_TOOLS)
    .filter(([command]) => !folders.some((folder) => existsSync(join(folder, command))))
    .map(([, name]) => name);
}

function emptyProject(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Future versions of npm only run the install scripts of packages named here.
  const manifest = { private: true, allowScripts: { 'aws-lambda-ric': true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}

function installNode(folder, major) {
  npm(folder, `${nodePackage}@${major}`);
}

/** Runs npm and node-gyp on that Node with its own headers, so the build downloads nothing. */
function installClient(folder, nodeFolder, client) {
  const env = { PATH: `${join(nodeFolder, 'bin')}:${process.env.PATH}`, npm_config_nodedir: nodeFolder };
  npm(folder, `aws-lambda-ric@${client}`, env);
}

function npm(folder, specifier, env = {}) {
  const flags = ['--save-exact', '--no-package-lock', '--no-audit', '--no-fund', '--prefer-offline'];
  run('npm', ['install', '--prefix', folder, ...flags, specifier], env, `npm install ${specifier}`);
}

function run(command, args, env, what) {
  try {
    execFileSync(command, args, { env: { ...process.env, ...env }, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
    throw new RuntimeUnavailable(`${what} failed: ${error.message.split('\n')[0]}\n${output}`);
  }
}
