import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Stack, type Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BuildReport } from '../build/build-report.js';
import { flag, listOf, numberAbove, oneOf, type OptionRules, text } from '../errors/check-options.js';
import { projectCommand } from './run-lambent.js';

interface BundledAsset {
  readonly code: Code;
  readonly warnings: readonly string[];
}

/** Reports by folder: functions of the same source are bundled once. */
const reports = new Map<string, BuildReport>();

/**
 * Bundles a source into the cloud assembly. The folder is the same on every machine, so the hash of the asset only
 * changes with the sources. Bundles nothing when the stack is not deployed, as with `cdk destroy`.
 */
export function bundleAsset(scope: Construct, entry: string, bundling: FunctionBundling): BundledAsset {
  if (!Stack.of(scope).bundlingRequired)
    return { code: Code.fromInline('// Not bundled because this stack is not deployed.'), warnings: [] };
  const flags = bundlingFlags(bundling);
  const key = createHash('sha256')
    .update(JSON.stringify([relative(process.cwd(), entry), flags]))
    .digest('hex')
    .slice(0, 16);
  // In the output of the whole app, including its stages. The name has no dot, or the CDK would see an extension.
  const folder = resolve((scope.node.root as Stage).outdir, `bundle-${key}`);
  const report = (existsSync(folder) ? reports.get(folder) : undefined) ?? bundle(entry, folder, flags);
  reports.set(folder, report);
  return { code: Code.fromAsset(folder), warnings: report.warnings };
}

function bundle(entry: string, folder: string, flags: readonly string[]): BuildReport {
  const args = ['build', entry, `--out=${folder}`, ...flags];
  return Object.values(projectCommand<Record<string, BuildReport>>(entry, args))[0]!;
}

/** Options for bundling a function, as in `lambent build`. */
export interface FunctionBundling {
  /** The module format. Defaults to `esm`; `cjs` does not support top-level `await`. */
  readonly format?: 'esm' | 'cjs';
  /** Defaults to `true`. */
  readonly minify?: boolean;
  /**
   * The place of source maps: `outside` the asset, beside it in `cdk.out`, by default; `inside` it, where Node reads
   * them for every stack trace; or nowhere.
   */
  readonly sourcemaps?: 'outside' | 'inside' | false;
  /** Leaves out the AWS SDK, which the Lambda runtime includes. */
  readonly runtimeSdk?: boolean;
  /** Packages to leave out. */
  readonly external?: readonly string[];
  /** The size in kB above which there is a warning. */
  readonly budget?: number;
}

export const BUNDLING_RULES: OptionRules<FunctionBundling> = {
  format: oneOf('esm', 'cjs'),
  minify: flag,
  sourcemaps: oneOf('outside', 'inside', false),
  runtimeSdk: flag,
  external: listOf(text),
  budget: numberAbove(0, 'kB'),
};

/** Returns the options as flags of `lambent build`. */
function bundlingFlags({
  format,
  minify = true,
  sourcemaps,
  runtimeSdk,
  external = [],
  budget,
}: FunctionBundling): string[] {
  return [
    ...(format === undefined ? [] : [`--format=${format}`]),
    ...(minify ? [] : ['--no-minify']),
    ...(sourcemaps === undefined ? [] : [`--sourcemaps=${sourcemaps || 'none'}`]),
    ...(runtimeSdk ? ['--runtime-sdk'] : []),
    ...(external.length > 0 ? [`--external=${external.join(',')}`] : []),
    ...(budget === undefined ? [] : [`--budget=${budget}`]),
  ];
}
