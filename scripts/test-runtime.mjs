// Runs test/runtime under AWS's own runtime client, once for each Node and each client of it:
//   npm run test:runtime -- [--no-skip] [20] [22] [24]
// If a runtime cannot be installed, prints why and passes. Fails with --no-skip.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installRuntimes, MAJORS, RuntimeUnavailable } from './lambda-runtimes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'test', 'runtime');
const testFiles = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'));
/** Tests of packing, bundling and deployment, whose results are the same with every client. */
const ONCE_A_NODE = ['cdk.test.mjs', 'day-one.test.mjs', 'dotted-name.test.mjs'];

const { values, positionals } = parseArgs({ options: { 'no-skip': { type: 'boolean' } }, allowPositionals: true });
const majors = positionals.length > 0 ? positionals.map(Number) : MAJORS;
const outcomes = majors.flatMap(testOn);
console.log(`test:runtime: ${outcomes.map(({ line }) => line).join('; ')}`);
if (outcomes.some(({ failed }) => failed)) process.exitCode = 1;

function testOn(major) {
  const runtimes = install(major);
  return runtimes?.map(testWith) ?? [{ line: `Node ${major} skipped`, failed: values['no-skip'] }];
}

function testWith(runtime, index) {
  const name = `Node ${runtime.version} with aws-lambda-ric ${runtime.client}`;
  console.log(`\n${name}`);
  const files = index === 0 ? testFiles : testFiles.filter((file) => !ONCE_A_NODE.includes(file));
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=spec', ...files.map((file) => join(folder, file))],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        RUNTIME_NODE: runtime.node,
        RUNTIME_MAJOR: String(runtime.major),
        RUNTIME_CLIENT: runtime.clientFolder,
      },
    },
  );
  return { line: `${name} ${status === 0 ? 'passed' : 'FAILED'}`, failed: status !== 0 };
}

function install(major) {
  try {
    return installRuntimes(join(root, '.runtime'), major);
  } catch (error) {
    if (!(error instanceof RuntimeUnavailable)) throw error;
    console.log(`\nNode ${major} is skipped: ${error.message}`);
    return undefined;
  }
}
