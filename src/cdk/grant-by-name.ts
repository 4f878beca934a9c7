import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { arnIn } from '../deployment/arn.js';
import type { Permission } from '../deployment/permissions.js';

const STACK = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** Grants a function rights on resources of its account and region, by their names. */
export function grantByName(target: Function, permissions: readonly Permission[]): void {
  for (const { actions, resource } of permissions)
    target.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [arnIn(STACK, resource!)] }));
}
