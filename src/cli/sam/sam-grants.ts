import type { ApplicationDescription } from '../../contracts/application-description.js';
import type { BucketUse } from '../../contracts/aws-uses.js';
import { arnOf } from '../../deployment/arn.js';
import {
  BUCKET_ACTIONS,
  bucketPermission,
  bucketsOf,
  destinationPermission,
  NETWORK_ACTIONS,
  type Permission,
  TABLE_ACTIONS,
  tablePermission,
  tablesOf,
  valuePermissions,
} from '../../deployment/permissions.js';
import { subscriptionsOf } from '../../deployment/subscription.js';
import { bucketVariable, type DestinationKind, isDefaultBus } from '../../shared/destination.js';
import { ownArn, ownName, ownReference } from './logical-names.js';
import type { SamTemplate } from './sam-template.js';
import { stackArn } from './stack-arn.js';

type Sent = Pick<ApplicationDescription, 'sends' | 'uses'>;
type Granted = Sent & Pick<ApplicationDescription, 'consumers' | 'requestsVia'>;

/** A statement of a policy. */
export type SamStatement = Readonly<Record<'Effect' | 'Resource', unknown>> & { readonly Action: readonly string[] };

/**
 * Returns the statements that let a function send to its destinations, and read its parameters and secrets. SAM itself
 * lets it read the sources of its events, but for the network of brokers.
 */
export function samStatements({ consumers, requestsVia, sends, uses }: Granted, template: SamTemplate): SamStatement[] {
  const readsBroker = subscriptionsOf(consumers, requestsVia).some(({ source }) => source === 'mq');
  return [
    ...(readsBroker ? [{ Effect: 'Allow', Action: NETWORK_ACTIONS, Resource: '*' }] : []),
    ...sends.map((destination) =>
      statement(destinationPermission(destination), ownArn(destination.kind, destination.name, template)),
    ),
    ...tablesOf(uses).flatMap((table) => {
      const own = ownArn('table', table.purpose, template);
      return own || table.name !== undefined ? [statement(tablePermission(table), own)] : [];
    }),
    ...bucketsOf(uses).flatMap((bucket) =>
      ownReference('bucket', bucket.name, template) ? [statement(bucketPermission(bucket), keysOf(bucket))] : [],
    ),
    ...valuePermissions(uses).map((permission) => statement(permission)),
  ];
}

/** Says which tables and buckets have no right, because nobody knows them here. */
export function unknownResources({ uses }: Sent, template: SamTemplate): string[] {
  const tables = tablesOf(uses).filter(
    ({ name, purpose }) => name === undefined && !ownArn('table', purpose, template),
  );
  const buckets = bucketsOf(uses).filter(({ name }) => !ownReference('bucket', name, template));
  return [
    ...tables.map(
      ({ purpose }) =>
        `The name of the ${purpose} table is not known here. Declare the table as the resource ` +
        `${ownName('table', purpose)}, or allow ${TABLE_ACTIONS[purpose].join(', ')} on it yourself.`,
    ),
    ...buckets.map(
      ({ name, access, prefix }) =>
        `The bucket ${name} is not known here. Declare it as the resource ${ownName('bucket', name)}, or allow ` +
        `${BUCKET_ACTIONS[access]} on its objects ${prefix}* and set ${bucketVariable(name)} yourself.`,
    ),
  ];
}

/** Returns the ARN of the payloads in a bucket of the template. */
function keysOf({ name, prefix }: BucketUse): object {
  return { 'Fn::Sub': `\${${ownName('bucket', name)}.Arn}/${prefix}*` };
}

/**
 * Returns the variables with the addresses of destinations and the names of buckets. Every account has the default bus,
 * which needs none.
 */
export function samVariables({ sends, uses }: Sent, template: SamTemplate): Readonly<Record<string, unknown>> {
  const needed = sends.filter((destination) => !isDefaultBus(destination));
  const buckets = bucketsOf(uses).map(({ name }) => [bucketVariable(name), ownReference('bucket', name, template)]);
  return Object.fromEntries([
    ...needed.map((destination) => [
      destination.variable,
      ownReference(destination.kind, destination.name, template) ?? ADDRESSES[destination.kind](destination.name),
    ]),
    ...buckets.filter(([, own]) => own !== undefined),
  ]) as Readonly<Record<string, unknown>>;
}

function statement({ actions, resource }: Permission, own?: object): SamStatement {
  return { Effect: 'Allow', Action: actions, Resource: own ?? stackArn(resource!) };
}

const ADDRESSES: Readonly<Record<DestinationKind, (name: string) => unknown>> = {
  queue: (name) => ({ 'Fn::Sub': `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${name}` }),
  topic: (name) => stackArn(arnOf('sns', name)),
  bus: (name) => name,
};
