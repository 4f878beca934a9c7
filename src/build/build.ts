import { type BuildOptions, buildSettings } from './build-options.js';
import type { BuildReport } from './build-report.js';
import { bundle } from './bundle.js';
import { describeBundle } from './describe-bundle.js';
import { summary } from './summary.js';
import { writeBundle } from './write-bundle.js';

/**
 * Bundles an application into one folder that can be zipped and deployed, prints what is in it, and says the same in
 * its report.
 *
 * @throws BootstrapError when rolldown is not installed, an option is wrong, or a source imports what is not there;
 *   rolldown's own error for what it can't read.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const settings = buildSettings(options);
  const bundled = await bundle(settings);
  const report = describeBundle(bundled, settings);
  await writeBundle(bundled, report);
  settings.terminal.log(summary(report, settings.cwd));
  report.warnings.forEach((warning) => settings.terminal.warn(`Warning: ${warning}`));
  return report;
}
