import { PRESET_RULES, type PresetOptions, presetSettings } from './build-options.js';
import { bundlerOptions } from './bundler-options.js';
import { warnOfOrder } from './evaluation-order.js';
import { plannedBundle } from './plan/planned-bundle.js';
import type { BundlerOptions } from './rolldown-types.js';

/**
 * Returns options for running rolldown yourself: `export default preset({ entry: 'src/handler.ts' })` in
 * `rolldown.config.js`. Source maps `outside` are written to the same folder, without a comment that refers to them.
 *
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function preset(options: PresetOptions): BundlerOptions {
  const settings = presetSettings(options, PRESET_RULES, 'preset()');
  const bundler = bundlerOptions(settings);
  const plugins = [...bundler.plugins, warnOfOrder()];
  return { ...bundler, plugins: settings.plan ? [plannedBundle(settings), ...plugins] : plugins };
}
