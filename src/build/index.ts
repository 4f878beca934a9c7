export { build } from './build.js';
export type { BuildOptions, CodeCacheOptions, PresetOptions, SourceMapPlace } from './build-options.js';
export type { BuildReport, BuiltFile, BundledPackage, CodeCacheReport } from './build-report.js';
export { preset } from './preset.js';
export type { BundlerOptions, BundlerOutput, BundlerPlugin } from './rolldown-types.js';
