import { configMetadata } from '../config/config-metadata.js';
import type { ApplicationDescription, DestinationDescription } from '../contracts/application-description.js';
import type { AwsUse, BucketUse, TableUse } from '../contracts/aws-uses.js';
import { type DestinationKind, labelOfDestination } from '../shared/destination.js';
import { arnOf } from './arn.js';
import { labelOf, type Subscription, subscriptionsOf } from './subscription.js';

/** A right that a function needs. */
export interface Permission {
  /** Such as `sqs:SendMessage`. */
  readonly actions: readonly string[];
  /**
   * The ARN, with `${Partition}`, `${Region}` and `${Account}` in the place of yours. `null` if the decorators don't
   * name the resource: then you know it.
   */
  readonly resource: string | null;
  /** What it is for, as in `queue "orders"`. */
  readonly reason: string;
}

/** Returns the rights that follow from decorators and modules. */
export function permissionsOf(description: ApplicationDescription): Permission[] {
  const { consumers, requestsVia, sends, uses } = description;
  return [
    ...subscriptionsOf(consumers, requestsVia).flatMap(subscriptionPermission),
    ...sends.map(destinationPermission),
    ...tablesOf(uses).map(tablePermission),
    ...bucketsOf(uses).map(bucketPermission),
    ...uses.flatMap(valuePermissions),
  ];
}

/**
 * The actions with which Lambda reads a source on behalf of the function. Those for Kafka and Amazon MQ depend on the
 * cluster or the broker, which decorators do not name. The other sources invoke the function.
 */
const READS: Readonly<Record<string, { readonly actions: readonly string[]; readonly path: string } | undefined>> = {
  sqs: { actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], path: '' },
  kinesis: {
    actions: [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
    ],
    path: 'stream/',
  },
  dynamodb: {
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    path: 'table/',
  },
};

function subscriptionPermission(subscription: Subscription): Permission[] {
  const { source, name } = subscription;
  const read = READS[source];
  if (read === undefined) return [];
  const stream = source === 'dynamodb' ? '/stream/*' : '';
  const resource = name === undefined ? null : arnOf(source, `${read.path}${name}${stream}`);
  return [{ actions: read.actions, resource, reason: labelOf(subscription) }];
}

const SENDS: Readonly<
  Record<DestinationKind, { readonly action: string; readonly service: string; readonly path: string }>
> = {
  queue: { action: 'sqs:SendMessage', service: 'sqs', path: '' },
  topic: { action: 'sns:Publish', service: 'sns', path: '' },
  bus: { action: 'events:PutEvents', service: 'events', path: 'event-bus/' },
};

/** Returns the right to send to a destination. */
export function destinationPermission(destination: DestinationDescription): Permission {
  const { action, service, path } = SENDS[destination.kind];
  const resource = arnOf(service, `${path}${destination.name}`);
  return { actions: [action], resource, reason: labelOfDestination(destination) };
}

/** What modules do with their tables. */
export const TABLE_ACTIONS: Readonly<Record<TableUse['purpose'], readonly string[]>> = {
  idempotency: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  'rate-limit': ['dynamodb:UpdateItem'],
};

/** Returns the tables that modules keep. */
export function tablesOf(uses: readonly AwsUse[]): TableUse[] {
  return uses.filter((use) => use.kind === 'table');
}

/** Returns the right to use a table of a module. */
export function tablePermission({ name, purpose }: TableUse): Permission {
  return {
    actions: TABLE_ACTIONS[purpose],
    resource: name === undefined ? null : arnOf('dynamodb', `table/${name}`),
    reason: `the ${purpose} table`,
  };
}

/** What is done with the objects of a bucket. Nobody deletes them: a rule of the bucket does. */
export const BUCKET_ACTIONS: Readonly<Record<BucketUse['access'], string>> = {
  read: 's3:GetObject',
  write: 's3:PutObject',
};

/** Returns the buckets of large payloads, each once for what is done with it. */
export function bucketsOf(uses: readonly AwsUse[]): BucketUse[] {
  const buckets = uses.filter((use) => use.kind === 'bucket');
  return [...new Map(buckets.map((use) => [`${use.access} ${use.name} ${use.prefix}`, use])).values()];
}

/** Returns the right to write or read large payloads. The decorators don't know what the bucket is called in AWS. */
export function bucketPermission({ name, access, prefix }: BucketUse): Permission {
  const keys = prefix === '' ? '' : `, keys ${prefix}*`;
  return { actions: [BUCKET_ACTIONS[access]], resource: null, reason: `bucket ${JSON.stringify(name)}${keys}` };
}

const VALUES = {
  parameter: {
    action: 'ssm:GetParameter',
    service: 'ssm',
    // A selector, as in `limit:3`, is no part of the ARN.
    path: (name: string) => `parameter/${name.replace(/^\//, '').replace(/:.*/, '')}`,
  },
  secret: {
    action: 'secretsmanager:GetSecretValue',
    service: 'secretsmanager',
    // Secrets Manager adds a hyphen and six characters to the name.
    path: (name: string) => `secret:${name}-??????`,
  },
} as const;

/** Returns the rights to read the parameters and secrets of a configuration. */
export function valuePermissions(use: AwsUse): Permission[] {
  if (use.kind !== 'configuration') return [];
  const remotes = [...configMetadata(use.type).properties.values()].flatMap(({ remote }) => remote ?? []);
  const byReason = new Map(remotes.map((remote) => [`${remote.store.noun} ${JSON.stringify(remote.name)}`, remote]));
  return [...byReason].map(([reason, { store, name }]) => {
    const { action, service, path } = VALUES[store.noun];
    const resource = name.startsWith('arn:') ? name : arnOf(service, path(name));
    return { actions: [action], resource, reason };
  });
}
