// Prints a software bill of materials (CycloneDX) of what npm installs with Lambent: its dependencies and required
// peers, in the locked versions. npm can't create it in the repository itself, whose sample app is a workspace that depends on
// the package.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const {
  workspaces: _,
  devDependencies: __,
  ...manifest
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'lambent-sbom-'));
// npm names the component after the folder.
const folder = join(temporary, manifest.name);

function npm(...args) {
  return execFileSync('npm', [...args, '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
  npm('install', '--ignore-scripts', '--no-audit', '--no-fund');
  process.stdout.write(npm('sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--omit', 'dev'));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
