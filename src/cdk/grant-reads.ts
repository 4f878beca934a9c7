import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Permission } from '../deployment/permissions.js';

/** Grants a function the right to read exactly the parameters and secrets of its application's configuration. */
export function grantReads(target: Function, reads: readonly Permission[]): void {
  for (const { actions, resource } of reads)
    target.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [inStack(resource!)] }));
}

function inStack(arn: string): string {
  return arn
    .replace('${Partition}', Aws.PARTITION)
    .replace('${Region}', Aws.REGION)
    .replace('${Account}', Aws.ACCOUNT_ID);
}
