import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.js';
import { manifest, repository } from '../package/manifest.js';
import { Workshop } from './workshop.js';

const workshop = new Workshop();
afterAll(() => rmSync(workshop.folder, { recursive: true }));

test.each(['--help', '-h', 'help'])('lambent %s lists every command', async (flag) => {
  const { exitCode, printed } = await workshop.call(flag);
  expect(exitCode).toBe(0);
  for (const [name, { about }] of Object.entries(COMMANDS))
    expect(printed).toMatch(new RegExp(`^ +${name} .*${about}$`, 'm'));
});

test('without a command the list goes to stderr, and the exit code is 2', async () => {
  const { exitCode, printed, complained } = await workshop.call('');
  expect([exitCode, printed]).toEqual([2, '']);
  expect(complained).toContain('Usage: lambent <command>');
});

test.each(['--version', '-v'])('lambent %s prints the version of the package', async (flag) => {
  const { version } = manifest as unknown as { version: string };
  expect(await workshop.call(flag)).toEqual({ exitCode: 0, printed: version, complained: '' });
});

test.each([
  ['genrate', 'Unknown command "genrate". Did you mean generate?\nRun "lambent --help" for all commands.'],
  ['xyzzy', 'Unknown command "xyzzy".\nRun "lambent --help" for all commands.'],
  ['constructor', 'Unknown command "constructor".\nRun "lambent --help" for all commands.'],
])('the unknown command %s is rejected with a suggestion', async (name, complained) => {
  expect(await workshop.call(name)).toEqual({ exitCode: 2, printed: '', complained });
});

describe.each(Object.keys(COMMANDS))('lambent %s', (name) => {
  test('has all of its flags in the list of the documentation', async () => {
    const { printed } = await workshop.call(`${name} --help`);
    const flags = Array.from(printed.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm), ([, short, flag]) =>
      short === undefined ? `\`${flag}\`` : `\`${flag}\` (\`${short}\`)`,
    );
    const page = readFileSync(join(repository, 'docs/cli.md'), 'utf8');
    const listed = flags.filter((flag) => !flag.startsWith('`--help`')).join(', ');
    expect(page).toContain(`| \`${name}\` | ${listed} |\n`);
  });

  test.each([`${name} --help`, `${name} -h`, `help ${name}`])('has its help at: lambent %s', async (commandLine) => {
    const { exitCode, printed } = await workshop.call(commandLine);
    expect(exitCode).toBe(0);
    expect(printed).toContain(`Usage: lambent ${name} `);
    expect(printed).toMatch(/^Examples:\n {2}lambent /m);
    expect(printed).toContain('--help');
  });

  test('refuses a flag that it does not have', async () => {
    const { exitCode, complained } = await workshop.call(`${name} --hlep`);
    expect(exitCode).toBe(2);
    expect(complained).toContain("'--hlep'");
  });
});

test.each([
  [
    'generate controller orders --dry',
    'Unknown option \'--dry\'. Did you mean --dry-run?\nRun "lambent generate --help" for usage.',
  ],
  [
    'generate controller orders --module',
    'Option \'-m, --module <value>\' argument missing.\nRun "lambent generate --help" for usage.',
  ],
  [
    'generate controller orders --flat=yes',
    'Option \'--flat\' does not take an argument.\nRun "lambent generate --help" for usage.',
  ],
  [
    'generate controller orders items',
    'Unexpected argument "items": generate takes <kind> <name>.\nRun "lambent generate --help" for usage.',
  ],
  ['routes orders', 'Unexpected argument "orders": routes takes no arguments.\nRun "lambent routes --help" for usage.'],
])('lambent %s is rejected', async (commandLine, complained) => {
  expect(await workshop.call(commandLine)).toEqual({ exitCode: 2, printed: '', complained });
});

test.each(['generate controller orders', 'routes', 'graph'])('lambent %s needs a project', async (commandLine) => {
  const { exitCode, complained } = await workshop.call(commandLine);
  expect(exitCode).toBe(1);
  expect(complained).toContain(`No package.json in ${workshop.folder} or a parent folder.`);
});

const scriptOf = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const TELLING = scriptOf(`import { writeSync } from 'node:fs';
  export const load = (url, context, next) => (writeSync(2, url + '\\n'), next(url, context));`);
const TELL_WHAT_IS_LOADED = scriptOf(`import { register } from 'node:module'; register(${JSON.stringify(TELLING)});`);

test.each(Object.keys(COMMANDS))('the help of %s loads neither what applications run on nor the bundler', (name) => {
  const program = join(repository, 'dist/esm/cli/main.js');
  const { stderr } = spawnSync(process.execPath, ['--import', TELL_WHAT_IS_LOADED, program, name, '--help'], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('/cli/run.js\n');
  expect(stderr).not.toMatch(/\/node_modules\/(?:tsyringe|winston|rolldown)\//);
});
