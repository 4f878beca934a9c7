import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Stack, type Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BuildReport } from '../build/build-report.js';
import { type FunctionBundling, bundlingFlags } from './bundling.js';
import { projectCommand } from './project-command.js';

export interface BundledAsset {
  readonly code: Code;
  readonly warnings: readonly string[];
}

/** Functions of the same source are bundled once. */
const reports = new Map<string, BuildReport>();

/**
 * Bundles a source into the cloud assembly, in a folder that is the same wherever the app is synthesised: the asset's hash then changes with
 * the sources alone. Where the stack is not deployed, as with `cdk destroy`, nothing is bundled.
 */
export function bundleAsset(scope: Construct, entry: string, bundling: FunctionBundling): BundledAsset {
  if (!Stack.of(scope).bundlingRequired) return { code: Code.fromInline('// Not bundled: this stack is not deployed.'), warnings: [] };
  const flags = bundlingFlags(bundling);
  const key = createHash('sha256').update(JSON.stringify([relative(process.cwd(), entry), flags])).digest('hex').slice(0, 16);
  // Of the whole app, stages of it included. Without a dot, after which the CDK would see an extension.
  const folder = resolve((scope.node.root as Stage).outdir, `bundle-${key}`);
  const report = (existsSync(folder) ? reports.get(folder) : undefined) ?? bundle(entry, folder, flags);
  reports.set(folder, report);
  return { code: Code.fromAsset(folder), warnings: report.warnings };
}

function bundle(entry: string, folder: string, flags: readonly string[]): BuildReport {
  return Object.values(projectCommand<Record<string, BuildReport>>(entry, ['build', entry, `--out=${folder}`, ...flags]))[0]!;
}
