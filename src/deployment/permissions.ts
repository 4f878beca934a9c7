import { pathPrefix, placedName } from '../aws/parameters/parameter-name.js';
import { configMetadata } from '../config/config-metadata.js';
import type { RemoteValue } from '../config/remote-values.js';
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
   * The ARN, with `${Partition}`, `${Region}` and `${Account}` as placeholders, or `*` for every resource. `null` if
   * the decorators don't name the resource: then you know it.
   */
  readonly resource: string | null;
  /** The reason for it, as in `queue "orders"`. */
  readonly reason: string;
}

/** Returns the rights that follow from decorators and modules. */
export function permissionsOf(description: ApplicationDescription): Permission[] {
  const { consumers, requestsVia, sends, uses } = description;
  const subscriptions = subscriptionsOf(consumers, requestsVia);
  return [
    ...subscriptions.flatMap(subscriptionPermission),
    ...(subscriptions.some(({ source }) => source === 'mq') ? [NETWORK] : []),
    ...sends.map(destinationPermission),
    ...tablesOf(uses).map(tablePermission),
    ...bucketsOf(uses).map(bucketPermission),
    ...valuePermissions(uses),
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

/**
 * The actions, on all resources, for the network interfaces from which Lambda reads a broker of Amazon MQ.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
export const NETWORK_ACTIONS: readonly string[] = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** The right to make the network interfaces from which Lambda reads brokers. IAM takes no narrower resource for it. */
const NETWORK: Permission = {
  actions: NETWORK_ACTIONS,
  resource: '*',
  reason: 'the network interfaces for brokers of Amazon MQ',
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

/** The actions of modules on their tables. */
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

/** The actions on the objects of a bucket. Nobody deletes them: a rule of the bucket does. */
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

/** Returns the rights to read the parameters and secrets of configurations. */
export function valuePermissions(uses: readonly AwsUse[]): Permission[] {
  const [path] = uses.flatMap((use) => (use.kind === 'parameter-path' ? [pathPrefix(use.path)] : []));
  const permissions = uses
    .flatMap(remotesOf)
    .map(({ store, name }) => (store.noun === 'secret' ? secretPermission(name) : parameterPermission(name, path)));
  return [...new Map(permissions.map((permission) => [permission.reason, permission])).values()];
}

function remotesOf(use: AwsUse): RemoteValue[] {
  if (use.kind !== 'configuration') return [];
  return [...configMetadata(use.type).properties.values()].flatMap(({ remote }) => remote ?? []);
}

/** @param path The path that relative names are below, and whose parameters are fetched together. */
function parameterPermission(given: string, path: string | undefined): Permission {
  const { name, isFetchedByPath } = placedName(given, path);
  if (isFetchedByPath) {
    const resource = arnOf('ssm', `parameter${path}*`);
    return { actions: ['ssm:GetParametersByPath'], resource, reason: `parameters below ${JSON.stringify(path)}` };
  }
  return { actions: ['ssm:GetParameter'], resource: parameterArn(name), reason: `parameter ${JSON.stringify(name)}` };
}

/** A selector, as in `limit:3`, is no part of the ARN. */
function parameterArn(name: string): string {
  if (name.startsWith('arn:')) return name.split(':').slice(0, 6).join(':');
  return arnOf('ssm', `parameter/${name.replace(/^\//, '').replace(/:.*/, '')}`);
}

function secretPermission(name: string): Permission {
  const isArn = name.startsWith('arn:');
  const arn = isArn ? name : arnOf('secretsmanager', `secret:${name}`);
  // Secrets Manager adds a hyphen and six characters to the name, which an ARN may leave out.
  const resource = isArn && /-\w{6}$/.test(arn) ? arn : `${arn}-??????`;
  return { actions: ['secretsmanager:GetSecretValue'], resource, reason: `secret ${JSON.stringify(name)}` };
}
