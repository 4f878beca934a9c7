import { paint } from '../framework/colors.js';
import { CommandError } from '../framework/command-error.js';
import { defineCommand } from '../framework/command.js';
import { projectFolder } from '../project/package-json.js';
import { checkCompiler } from './check-compiler.js';
import { checkPackages } from './check-packages.js';
import { checkSources } from './check-sources.js';
import { checkTools } from './check-tools.js';
import { checkVersions } from './check-versions.js';
import { type Check, CheckedProject, type Finding } from './checked-project.js';

const CHECKS: readonly Check[] = [checkVersions, checkPackages, checkCompiler, checkTools, checkSources];

export const command = defineCommand({
  name: 'doctor',
  about: 'Check the settings, packages and sources of a project, and say what to change.',
  positionals: [],
  flags: { json: { type: 'boolean', about: 'Print the findings as JSON' } },
  examples: [
    ['doctor', 'List what is wrong, and what to change'],
    ['doctor --json', 'Print it for a script'],
  ],
  async run({ json }, _args, { cwd, terminal, colors = false }) {
    const findings = await diagnose(new CheckedProject(projectFolder(cwd)));
    terminal.log(json === true ? JSON.stringify(findings, null, 2) : report(findings, colors));
    const errors = findings.filter(({ level }) => level === 'error').length;
    if (errors > 0) throw new CommandError(`${errors} ${errors === 1 ? 'error' : 'errors'} found.`);
  },
});

/** Runs every check, and returns errors before warnings. */
async function diagnose(project: CheckedProject): Promise<readonly Finding[]> {
  const found = await Promise.all(CHECKS.map(async (check) => check(project)));
  return found.flat().toSorted((one, other) => one.level.localeCompare(other.level));
}

/** This command runs no code of the project, because it has to work where that code cannot be loaded. */
const NO_MISTAKES =
  'No mistakes found in settings, packages and sources. "lambent routes" checks modules, providers and routes.';

function report(findings: readonly Finding[], colors: boolean): string {
  if (findings.length === 0) return NO_MISTAKES;
  const style = paint(colors);
  const texts = findings.map(({ level, what, why, change }) =>
    [`${style(level === 'error' ? 'red' : 'yellow', level)}: ${what}`, `  ${why}`, `  ${style('green', change)}`].join(
      '\n',
    ),
  );
  return texts.join('\n\n');
}
