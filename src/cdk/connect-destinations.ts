import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { BucketFacts, DestinationFacts } from '../deployment/deployment-facts.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, type OptionRules } from '../errors/check-options.js';
import { type DestinationKind, isDefaultBus, labelOfDestination } from '../shared/destination.js';
import { type EventSources, type Named, withSettings } from './source-options.js';

/**
 * The resources that a function sends to, by their names in `MessagingModule`. `false` means that you set the variable
 * and grant the permission elsewhere.
 */
export interface Destinations {
  /** Queues. Those that are also in `sources` need not be repeated. */
  readonly queues?: Named<IQueue | false>;
  /** Topics. Those that are also in `sources` need not be repeated. */
  readonly topics?: Named<ITopic | false>;
  /** Buses, except for `default`, which every account has. */
  readonly eventBuses?: Named<IEventBus | false>;
  /** The buckets of large payloads, by the names of their `PayloadBucket`, that are written to or read from. */
  readonly buckets?: Named<IBucket | false>;
}

const RULES: OptionRules<Destinations> = {
  queues: anObject,
  topics: anObject,
  eventBuses: anObject,
  buckets: anObject,
};

interface Given {
  readonly destinations: Destinations;
  readonly sources: EventSources;
  /** The environment variables that the user has set, which stay. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The destinations and buckets of an application. */
interface Declared {
  readonly sends: readonly DestinationFacts[];
  /** The buckets of large payloads, one for each prefix and access. */
  readonly buckets: readonly BucketFacts[];
}

/**
 * Grants a function the rights on what its application sends to and keeps large payloads in, and sets the environment
 * variables.
 *
 * @throws BootstrapError for a declared destination without a resource, and for a resource that nothing declares.
 */
export function connectDestinations(target: Function, given: Given, { sends, buckets }: Declared): void {
  const { destinations, environment } = given;
  checkOptions(destinations, RULES, `the option destinations of ${target.node.path}`);
  const declared = [...sends.map((one) => sentTo(one, target, given)), ...buckets.map(keptIn)];
  refuseUndeclared(target, destinations, declared);
  const found = declared.map((one) => ({ ...one, resource: destinations[one.member]?.[one.name] ?? one.unpassed?.() }));
  refuseMissing(
    target,
    found.filter(({ resource }) => resource === undefined),
  );
  for (const { resource, variable, grant } of found) {
    if (!resource) continue;
    const value = grant(resource as never, target);
    if (!Object.hasOwn(environment, variable)) target.addEnvironment(variable, value);
  }
}

/** Something that an application sends to, or keeps large payloads in. */
interface Destination {
  readonly member: keyof Destinations;
  readonly name: string;
  readonly variable: string;
  /** As in `queue "orders"`. */
  readonly label: string;
  /** Returns the resource of a destination that was not passed. */
  readonly unpassed?: () => unknown;
  /** Grants the right, and returns the value of the environment variable. */
  readonly grant: (resource: never, target: Function) => string;
}

const MEMBERS = { queue: 'queues', topic: 'topics', bus: 'eventBuses' } as const;

const GRANTS: Readonly<Record<DestinationKind, Destination['grant']>> = {
  queue: (queue: IQueue, target) => {
    queue.grantSendMessages(target);
    return queue.queueUrl;
  },
  topic: (topic: ITopic, target) => {
    topic.grantPublish(target);
    return topic.topicArn;
  },
  bus: (bus: IEventBus, target) => {
    bus.grantPutEventsTo(target);
    return bus.eventBusName;
  },
};

function sentTo(destination: DestinationFacts, target: Function, { sources }: Given): Destination {
  const { kind, name, variable } = destination;
  const unpassed = (): unknown => {
    if (isDefaultBus(destination)) return EventBus.fromEventBusName(target, 'DefaultBus', name);
    if (kind === 'bus') return undefined;
    const { from } = withSettings(sources[MEMBERS[kind]]?.[name]);
    return from === false ? undefined : from;
  };
  return {
    member: MEMBERS[kind],
    name,
    variable,
    label: labelOfDestination(destination),
    unpassed,
    grant: GRANTS[kind],
  };
}

function keptIn({ name, prefix, access, variable }: BucketFacts): Destination {
  const grant = (bucket: IBucket, target: Function): string => {
    if (access === 'read') bucket.grantRead(target, `${prefix}*`);
    else bucket.grantPut(target, `${prefix}*`);
    return bucket.bucketName;
  };
  return { member: 'buckets', name, variable, label: `bucket ${JSON.stringify(name)}`, grant };
}

function refuseMissing(target: Function, missing: readonly Destination[]): void {
  if (missing.length === 0) return;
  const lines = missing.map(({ member, name, label }) => `  ${label}: { ${member}: { ${JSON.stringify(name)}: … } }`);
  throw new BootstrapError(
    `The resources of these destinations of ${target.node.path} are missing. Pass each in "destinations", or false ` +
      `if you set its variable and grant its permission elsewhere:\n${[...new Set(lines)].join('\n')}`,
  );
}

function refuseUndeclared(target: Function, destinations: Destinations, declared: readonly Destination[]): void {
  for (const member of Object.keys(RULES) as (keyof Destinations)[]) {
    const names = new Set(declared.filter((one) => one.member === member).map(({ name }) => name));
    const unknown = Object.keys(destinations[member] ?? {}).find((name) => !names.has(name));
    if (unknown === undefined) continue;
    throw new BootstrapError(
      `Nothing in ${target.node.path} declares ${member} "${unknown}". Correct the name or remove the resource. ` +
        `Declared are ${[...names].join(', ') || 'none'}.`,
    );
  }
}
