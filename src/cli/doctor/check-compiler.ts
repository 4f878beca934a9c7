import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { asJsonObject, jsonIn } from '../../shared/json-values.js';
import { isFile } from '../files/paths.js';
import { cacheFolder } from '../project/compile-sources.js';
import type { CheckedProject, Finding } from './checked-project.js';

/** The compiler options that matter, as the compiler prints them. */
type CompilerOptions = Readonly<Record<string, unknown>>;

const METADATA = 'Without it, the compiler emits no types for dependency injection and validation.';

/** Checks the settings of the compiler, then whether it emits the types of decorated classes. */
export function checkCompiler(project: CheckedProject): readonly Finding[] {
  if (project.read('tsconfig.json') === undefined) {
    const change = 'Create tsconfig.json with "experimentalDecorators": true and "emitDecoratorMetadata": true.';
    return [{ level: 'error', what: 'There is no tsconfig.json.', why: METADATA, change }];
  }
  const compiler = compilerOf(project);
  if (!compiler) {
    const what = 'TypeScript is not installed.';
    const why = 'The settings in tsconfig.json cannot be checked, and your editor uses a compiler of its own.';
    return [{ level: 'warning', what, why, change: 'npm install --save-dev typescript' }];
  }
  const options = optionsOf(project, compiler);
  const missing = settingFindings(options);
  // The settings of a file that cannot be read are missing, too.
  const mistake = missing.length > 0 ? mistakeIn(project, compiler) : undefined;
  if (mistake !== undefined) {
    const why = 'The compiler ignores what it cannot read.';
    return [{ level: 'error', what: `tsconfig.json is not valid: ${mistake}`, why, change: 'Correct the file.' }];
  }
  const findings = [...missing, ...moduleFindings(options, project)];
  return findings.some(({ level }) => level === 'error') ? findings : [...findings, ...probe(project, compiler)];
}

function compilerOf(project: CheckedProject): string | undefined {
  const installed = project.installed('typescript');
  const file = installed && join(installed.folder, 'bin', 'tsc');
  return file !== undefined && isFile(file) ? file : undefined;
}

function run(compiler: string, args: readonly string[], cwd: string): string {
  return spawnSync(process.execPath, [compiler, ...args], { cwd, encoding: 'utf8', timeout: 60_000 }).stdout;
}

/** Returns the options of tsconfig.json, inherited ones included. */
function optionsOf({ root }: CheckedProject, compiler: string): CompilerOptions {
  const shown = jsonIn(run(compiler, ['--showConfig', '-p', join(root, 'tsconfig.json')], root));
  return asJsonObject(asJsonObject(shown)['compilerOptions']);
}

/** Returns the first error in tsconfig.json or a file that it extends, which `--showConfig` does not report. */
function mistakeIn({ root }: CheckedProject, compiler: string): string | undefined {
  const printed = run(compiler, ['--listFilesOnly', '-p', join(root, 'tsconfig.json')], root);
  const lines = printed.split(/\r?\n/);
  // TS5052 says that a setting is missing which another one needs. It has a finding of its own.
  return lines.find((line) => line.includes('error TS') && !line.includes('error TS5052:'));
}

function settingFindings(options: CompilerOptions): Finding[] {
  return ['experimentalDecorators', 'emitDecoratorMetadata']
    .filter((name) => options[name] !== true)
    .map((name) => ({
      level: 'error',
      what: `tsconfig.json does not set "${name}".`,
      why: name === 'emitDecoratorMetadata' ? METADATA : 'The compiler emits standard decorators, which have no types.',
      change: `Add "${name}": true to compilerOptions.`,
    }));
}

function moduleFindings(options: CompilerOptions, { manifest }: CheckedProject): Finding[] {
  const findings: Finding[] = [];
  if (['classic', 'node10', 'node'].includes(String(options['moduleResolution']).toLowerCase())) {
    findings.push({
      level: 'warning',
      what: `"moduleResolution" is "${String(options['moduleResolution'])}".`,
      why: 'TypeScript 7 has removed it, and it does not read the "exports" of packages.',
      change: 'Set "moduleResolution" to "nodenext", or to "bundler" if a bundler resolves your imports.',
    });
  }
  // The modules of Node follow package.json; all others are ES modules, but for those that CommonJS is asked for.
  const module = String(options['module']).toLowerCase();
  const isCommonJs = module === 'commonjs' || (module.startsWith('node') && manifest.type !== 'module');
  if (options['verbatimModuleSyntax'] === true && isCommonJs) {
    findings.push({
      level: 'error',
      what: '"verbatimModuleSyntax" is set in a project of CommonJS modules.',
      why: 'The compiler refuses import statements there (TS1295).',
      change: 'Set "type": "module" in package.json, or remove "verbatimModuleSyntax".',
    });
  }
  return findings;
}

const PROBE = `
const mark: ClassDecorator = () => undefined;
class Dependency {}
@mark
export class Probe { constructor(readonly dependency: Dependency) {} }
`;

/** Compiles a class with the project's compiler and settings, and looks for the types of its constructor. */
function probe(project: CheckedProject, compiler: string): Finding[] {
  mkdirSync(cacheFolder(project.root), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(project.root), 'doctor-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: project.manifest.type ?? 'commonjs' }));
    writeFileSync(join(folder, 'probe.ts'), PROBE);
    const config = {
      extends: relative(folder, join(project.root, 'tsconfig.json')).replaceAll('\\', '/'),
      compilerOptions: { ...PROBE_OPTIONS, rootDir: '.', outDir: './out' },
      files: ['probe.ts'],
      include: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const printed = run(compiler, ['-p', join(folder, 'tsconfig.json')], folder);
    const output = join(folder, 'out', 'probe.js');
    const emitted = isFile(output) ? readFileSync(output, 'utf8') : '';
    if (/design:paramtypes["'], \[Dependency\]/.test(emitted)) return [];
    const what = `The compiler emits no types for a decorated class.${printed && ` It says: ${printed.trim()}`}`;
    return [{ level: 'error', what, why: METADATA, change: 'Compare tsconfig.json with that of "lambent new".' }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Options that would otherwise keep one file from being written. */
const PROBE_OPTIONS = {
  noEmit: false,
  noEmitOnError: false,
  emitDeclarationOnly: false,
  allowImportingTsExtensions: false,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  types: [],
};
