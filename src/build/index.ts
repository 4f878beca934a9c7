export { build } from './build.js';
export type { BuildOptions } from './build-options.js';
export type { BuildReport, BuiltFile, BundledPackage } from './build-report.js';
export { preset } from './preset.js';
export type { BundlerOptions, BundlerOutput, BundlerPlugin } from './bundler-options.js';
export type { PresetOptions, SourceMapPlace } from './preset-options.js';
