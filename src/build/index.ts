export { build } from './build.js';
export type { BuildOptions, PresetOptions, SourceMapPlace } from './build-options.js';
export type { BuildReport, BuiltFile, BundledPackage } from './build-report.js';
export { preset } from './preset.js';
export type { BundlerOptions, BundlerOutput, BundlerPlugin } from './rolldown-types.js';
