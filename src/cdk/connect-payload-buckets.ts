import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketFacts } from '../deployment/deployment-facts.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Named } from './source-options.js';

interface Given {
  readonly buckets: Named<IBucket | false>;
  /** The environment variables that the user has set, which stay. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Grants a function the right to write or to read the large payloads that its application declares, and sets the
 * environment variables.
 *
 * @throws BootstrapError for a declared bucket without a resource, and for a resource that nothing declares.
 */
export function connectBuckets(target: Function, given: Given, declared: readonly BucketFacts[]): void {
  const { buckets, environment } = given;
  const names = new Set(declared.map(({ name }) => name));
  const unknown = Object.keys(buckets).find((name) => !names.has(name));
  if (unknown !== undefined)
    throw new BootstrapError(
      `Nothing in ${target.node.path} keeps large payloads in the bucket "${unknown}". Declared are ` +
        `${[...names].join(', ') || 'none'}.`,
    );
  for (const { name, prefix, access, variable } of declared) {
    const bucket = buckets[name];
    if (bucket === undefined) throw new BootstrapError(missing(target, name, variable));
    if (bucket === false) continue;
    if (access === 'read') bucket.grantRead(target, `${prefix}*`);
    else bucket.grantPut(target, `${prefix}*`);
    if (!Object.hasOwn(environment, variable)) target.addEnvironment(variable, bucket.bucketName);
  }
}

function missing(target: Function, name: string, variable: string): string {
  return (
    `${target.node.path} keeps large payloads in a bucket that has no resource. Pass it in "destinations", or false ` +
    `if ${variable} and its right come from elsewhere:\n  { buckets: { ${JSON.stringify(name)}: … } }`
  );
}
