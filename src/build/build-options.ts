import { BootstrapError } from '../errors/bootstrap-error.js';
import { flag, anything, record, type Rules } from '../errors/option-rules.js';
import { PRESET_RULES, type PresetOptions, presetSettings, type PresetSettings } from './preset-options.js';

/** What `build` takes. */
export interface BuildOptions extends PresetOptions {
  /**
   * How many kB (1,000 bytes) may be loaded at the start before there is a warning that says what brings in the
   * largest packages; 500 unless given. What is loaded later, behind an `import()`, does not count.
   */
  budget?: number;
  /** Prints nothing. */
  quiet?: boolean;
  /** Where to print: the summary with `log`, warnings with `warn`; the console unless given. */
  terminal?: Pick<Console, 'log' | 'warn'>;
}

const RULES: Rules<BuildOptions> = { ...PRESET_RULES, budget: anything, quiet: flag, terminal: record };

export type BuildSettings = PresetSettings & Pick<Required<BuildOptions>, 'budget' | 'terminal'>;

const SILENT: Pick<Console, 'log' | 'warn'> = { log: () => undefined, warn: () => undefined };

/** @throws BootstrapError when an option is unknown, or has a value that it does not take. */
export function buildSettings(options: BuildOptions): BuildSettings {
  const settings = presetSettings(options, RULES, 'build()');
  const { budget = settings.minify ? 500 : Infinity, quiet = false, terminal = console } = options;
  if (!(typeof budget === 'number' && budget > 0))
    throw new BootstrapError(`The option "budget" is ${String(budget)}; it takes a number of kB over 0.`);
  return { ...settings, budget, terminal: quiet ? SILENT : terminal };
}
