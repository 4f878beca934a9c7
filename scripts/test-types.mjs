// Type-checks the sample app and the declarations that it uses, with the compilers that users have:
//   node scripts/test-types.mjs [<version of typescript>…]     5.4, 5.9, 6 and 7 unless given; the build has to be there
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const versions = given.length > 0 ? given : ['5.4', '5.9', '6', '7'];
const RESOLUTIONS = [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
];

const folder = mkdtempSync(join(tmpdir(), 'lambent-types-'));
let failed = 0;
try {
  for (const version of versions) {
    const tsc = install(version);
    for (const [module, moduleResolution] of RESOLUTIONS) check(version, tsc, { module, moduleResolution });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${versions.length * RESOLUTIONS.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

function install(version) {
  const name = `typescript-${version}`;
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', `${name}@npm:typescript@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  return join(folder, 'node_modules', name, bin.tsc);
}

/** With the libraries' declarations, too: ours are among them. */
function check(version, tsc, { module, moduleResolution }) {
  const settings = ['--noEmit', '--skipLibCheck', 'false', '--module', module, '--moduleResolution', moduleResolution];
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(root, 'sample-app'), ...settings], {
    encoding: 'utf8',
  });
  console.log(`${status === 0 ? 'passed' : 'failed'}: typescript ${version}, moduleResolution ${moduleResolution}`);
  if (status === 0) return;
  failed++;
  console.log(stdout);
}
