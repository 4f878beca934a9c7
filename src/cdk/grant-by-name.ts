import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Permission } from '../deployment/permissions.js';

/** Grants a function rights on resources of its account and region, by their names. */
export function grantByName(target: Function, permissions: readonly Permission[]): void {
  for (const { actions, resource } of permissions)
    target.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [inStack(resource!)] }));
}

function inStack(arn: string): string {
  return arn
    .replace('${Partition}', Aws.PARTITION)
    .replace('${Region}', Aws.REGION)
    .replace('${Account}', Aws.ACCOUNT_ID);
}
