// Brings Node and AWS's runtime interface client, built for that very Node, into .runtime/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Client 4 needs Node 22; client 3.3 is what Lambda's Node 20 runtime has. */
const CLIENT_VERSIONS = { 20: '3.3.0', 22: '4.0.2', 24: '4.0.2' };
export const MAJORS = Object.keys(CLIENT_VERSIONS).map(Number);

/** The client builds curl and aws-lambda-cpp. Debian's package of each command: */
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

/** What keeps the runtimes from being here, in words; not a failure of the project. */
export class RuntimeUnavailable extends Error {}

/**
 * @returns `{ major, version, client, node, clientFolder }`
 * @throws RuntimeUnavailable when tools or packages are not to be had
 */
export function installRuntime(cache, major) {
  const client = CLIENT_VERSIONS[major];
  if (!client) throw new RuntimeUnavailable(`no runtime client is known for Node ${major}; known: ${MAJORS.join(', ')}`);
  const folder = join(cache, `node-${major}-${process.arch}-ric-${client}`);
  const nodePackage = `node-linux-${process.arch}`;
  const nodeFolder = join(folder, 'node_modules', nodePackage);
  const built = join(folder, '.built');
  if (!existsSync(built)) {
    ensurePlatform();
    installNode(folder, nodePackage, major);
    installClient(folder, nodeFolder, client);
    writeFileSync(built, '');
  }
  const node = join(nodeFolder, 'bin', 'node');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return { major, version, client, node, clientFolder: join(folder, 'node_modules', 'aws-lambda-ric') };
}

function ensurePlatform() {
  if (process.platform !== 'linux') throw new RuntimeUnavailable(`the runtime client builds on Linux, not on ${process.platform}`);
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid() !== 0) throw new RuntimeUnavailable(`build tools are missing; as root: ${command}`);
  run('apt-get', ['update', '-qq'], {}, command);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { DEBIAN_FRONTEND: 'noninteractive' }, command);
}

function missingPackages() {
  const folders = process.env.PATH.split(':');
  return Object.entries(BUILD_TOOLS)
    .filter(([command]) => !folders.some((folder) => existsSync(join(folder, command))))
    .map(([, name]) => name);
}

function installNode(folder, nodePackage, major) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // npm is about to run install scripts only of packages that are named here.
  const manifest = { private: true, allowScripts: { 'aws-lambda-ric': true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  npm(folder, `${nodePackage}@${major}`);
}

/** npm and node-gyp run on the Node that the client is for, with the headers that came with it: nothing is downloaded for the build. */
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
