import { Annotations, Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { TableUse } from '../contracts/aws-uses.js';
import { arnIn } from '../deployment/arn.js';
import { type Permission, TABLE_ACTIONS, tablePermission } from '../deployment/permissions.js';
import { anObject, checkOptions, either, oneOf, type OptionRules } from '../errors/check-options.js';

const STACK = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** Grants a function rights on resources of its account and region, by their names. */
export function grantByName(target: Function, permissions: readonly Permission[]): void {
  for (const { actions, resource } of permissions)
    target.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [arnIn(STACK, resource!)] }));
}

/**
 * The tables that modules keep. `false` means that you grant the permission elsewhere. You need not pass a table whose
 * name the module has as text.
 */
export interface ModuleTables {
  /** The table of `IdempotencyModule`. */
  readonly idempotency?: ITable | false;
  /** The table of `RateLimitModule`. */
  readonly rateLimit?: ITable | false;
}

const aTable = either(anObject, oneOf(false));
const RULES: OptionRules<ModuleTables> = { idempotency: aTable, rateLimit: aTable };

const MEMBERS = { idempotency: 'idempotency', 'rate-limit': 'rateLimit' } as const;

/** Grants a function the rights on the tables of its modules. Warns of a table that nobody knows. */
export function connectTables(target: Function, tables: ModuleTables, uses: readonly TableUse[]): void {
  checkOptions(tables, RULES, `the option tables of ${target.node.path}`);
  for (const purpose of Object.keys(MEMBERS) as TableUse['purpose'][]) {
    const table = tables[MEMBERS[purpose]];
    if (table) table.grant(target, ...TABLE_ACTIONS[purpose]);
    else if (table === undefined)
      for (const use of uses.filter((one) => one.purpose === purpose)) connectByName(target, use);
  }
}

function connectByName(target: Function, use: TableUse): void {
  if (use.name !== undefined) return grantByName(target, [tablePermission(use)]);
  Annotations.of(target).addWarningV2(
    `lambent:${use.purpose}-table`,
    `The name of the ${use.purpose} table of ${target.node.path} is not known here, so the function has no right to ` +
      `use it. Pass the table in tables: { ${MEMBERS[use.purpose]}: … }, or false if you grant the right elsewhere.`,
  );
}
