import { build } from '../../build/build.js';
import type { BuildReport } from '../../build/build-report.js';
import { defineCommand } from '../define-command.js';
import { projectFolder } from '../package-manifest.js';
import { BUILD_FLAGS, buildOptions } from './build-flags.js';
import { type BuildTarget, buildTargets } from './build-targets.js';

export const command = defineCommand({
  name: 'build',
  about: 'Bundles the functions of the project into folders to deploy; package.json names them, or else it is src/handler.ts.',
  takes: ['[function or file…]'],
  flags: { ...BUILD_FLAGS, json: { type: 'boolean', about: 'prints what was made as JSON, for programs' } },
  examples: [
    ['build', 'every function: bundle/ for one, a folder in it each for several'],
    ['build api jobs', 'these alone'],
    ['build src/tool.ts', 'a source that package.json does not name, into bundle/tool'],
    ['build --sourcemaps inside --external sharp', 'maps in the bundle, and a package left out'],
  ],
  async run(values, names, { cwd, terminal }) {
    const root = projectFolder(cwd);
    const targets = buildTargets({ root, cwd, names, out: values.out });
    const options = { ...buildOptions(values), terminal: { log: terminal.log, warn: terminal.error } };
    const reports: Record<string, BuildReport> = {};
    for (const target of targets) {
      reports[target.name] = await build({ ...options, ...entryOf(target), cwd: root, quiet: values.json === true });
    }
    if (values.json === true) terminal.log(JSON.stringify(reports, null, 2));
  },
});

/** The file goes by the name of the function. */
function entryOf({ name, source, outDir }: BuildTarget): { entry: Record<string, string>; outDir: string } {
  return { entry: { [name]: source }, outDir };
}
