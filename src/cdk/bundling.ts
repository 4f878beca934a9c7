import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Stack, type Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BuildReport } from '../build/build-report.js';
import { flag, listOf, numberAbove, oneOf, type Rules, text } from '../errors/check-options.js';
import { projectCommand } from './project-command.js';

interface BundledAsset {
  readonly code: Code;
  readonly warnings: readonly string[];
}

/** Functions of the same source are bundled once. */
const reports = new Map<string, BuildReport>();

/**
 * Bundles a source into the cloud assembly, in a folder that is the same wherever the app is synthesised: the asset's
 * hash then changes with the sources alone. Where the stack is not deployed, as with `cdk destroy`, nothing is
 * bundled.
 */
export function bundleAsset(scope: Construct, entry: string, bundling: FunctionBundling): BundledAsset {
  if (!Stack.of(scope).bundlingRequired)
    return { code: Code.fromInline('// Not bundled: this stack is not deployed.'), warnings: [] };
  const flags = bundlingFlags(bundling);
  const key = createHash('sha256')
    .update(JSON.stringify([relative(process.cwd(), entry), flags]))
    .digest('hex')
    .slice(0, 16);
  // Of the whole app, stages of it included. Without a dot, after which the CDK would see an extension.
  const folder = resolve((scope.node.root as Stage).outdir, `bundle-${key}`);
  const report = (existsSync(folder) ? reports.get(folder) : undefined) ?? bundle(entry, folder, flags);
  reports.set(folder, report);
  return { code: Code.fromAsset(folder), warnings: report.warnings };
}

function bundle(entry: string, folder: string, flags: readonly string[]): BuildReport {
  return Object.values(
    projectCommand<Record<string, BuildReport>>(entry, ['build', entry, `--out=${folder}`, ...flags]),
  )[0]!;
}

/** How a function is bundled, in the words of `lambent build`. */
export interface FunctionBundling {
  /** `esm` unless given; `cjs` for programs without `await` at the top. */
  readonly format?: 'esm' | 'cjs';
  /** `true` unless given. */
  readonly minify?: boolean;
  /**
   * `outside` of the asset unless given, beside it in `cdk.out`; `inside`, where Node then reads them for every stack;
   * or none.
   */
  readonly sourcemaps?: 'outside' | 'inside' | false;
  /** Leaves out the AWS SDK, of which Lambda's runtime has a copy. */
  readonly runtimeSdk?: boolean;
  /** Packages to leave out. */
  readonly external?: readonly string[];
  /** How many kB there may be before there is a warning. */
  readonly budget?: number;
}

export const BUNDLING_RULES: Rules<FunctionBundling> = {
  format: oneOf('esm', 'cjs'),
  minify: flag,
  sourcemaps: oneOf('outside', 'inside', false),
  runtimeSdk: flag,
  external: listOf(text),
  budget: numberAbove(0, 'kB'),
};

/** Flags of `lambent build`. */
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
