import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DestinationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, type Rules } from '../errors/check-options.js';
import { type DestinationKind, isDefaultBus, labelOfDestination } from '../shared/destination.js';
import { withSettings } from './connection.js';
import type { EventSources, Named } from './source-options.js';

/** A queue, a topic or a bus to send to, as `lambent routes --json` prints it. */
export type DeployedDestination = Pick<DestinationDescription, 'kind' | 'name' | 'variable'>;

/**
 * The resources that a function sends to, by their names in `MessagingModule`. `false` means that you set the variable
 * and grant the right elsewhere.
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

const RULES: Rules<Destinations> = { queues: anObject, topics: anObject, eventBuses: anObject, buckets: anObject };
const MEMBERS = { queue: 'queues', topic: 'topics', bus: 'eventBuses' } as const;

interface Given {
  readonly destinations: Destinations;
  readonly sources: EventSources;
  /** The environment variables that the user has set, which stay. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Grants a function the right to send to what its application declares, and sets the environment variables.
 *
 * @throws BootstrapError for a declared destination without a resource, and for a resource that nothing declares.
 */
export function connectDestinations(target: Function, given: Given, sends: readonly DeployedDestination[]): void {
  checkOptions(given.destinations, RULES, `the option destinations of ${target.node.path}`);
  refuseUndeclared(target, given.destinations, sends);
  const found = sends.map((destination) => ({ destination, resource: resourceOf(target, destination, given) }));
  const missing = found.filter(({ resource }) => resource === undefined).map(({ destination }) => destination);
  if (missing.length > 0) throw new BootstrapError(missingResources(target, missing));
  for (const { destination, resource } of found) {
    if (!resource) continue;
    const value = CONNECT[destination.kind](resource as never, target);
    if (!Object.hasOwn(given.environment, destination.variable)) target.addEnvironment(destination.variable, value);
  }
}

/** Grants the right, and returns the value of the environment variable. */
const CONNECT: Readonly<Record<DestinationKind, (resource: never, target: Function) => string>> = {
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

function resourceOf(target: Function, destination: DeployedDestination, { destinations, sources }: Given): unknown {
  const { kind, name } = destination;
  const own: unknown = destinations[MEMBERS[kind]]?.[name];
  if (own !== undefined) return own;
  if (isDefaultBus(destination)) return EventBus.fromEventBusName(target, 'DefaultBus', name);
  if (kind === 'bus') return undefined;
  const { from } = withSettings(sources[MEMBERS[kind] as 'queues' | 'topics']?.[name]);
  return from === false ? undefined : from;
}

function missingResources(target: Function, missing: readonly DeployedDestination[]): string {
  const lines = missing.map((destination) => {
    const { kind, name } = destination;
    return `  ${labelOfDestination(destination)}: { ${MEMBERS[kind]}: { ${JSON.stringify(name)}: … } }`;
  });
  return (
    `${target.node.path} sends to what has no resource. Pass each in "destinations", or false if its variable and ` +
    `its right come from elsewhere:\n${lines.join('\n')}`
  );
}

function refuseUndeclared(target: Function, destinations: Destinations, sends: readonly DeployedDestination[]): void {
  for (const [kind, member] of Object.entries(MEMBERS) as [DestinationKind, (typeof MEMBERS)[DestinationKind]][]) {
    const names = Object.keys(destinations[member] ?? {});
    const declared = sends.filter((one) => one.kind === kind).map(({ name }) => name);
    const unknown = names.find((name) => !declared.includes(name));
    if (unknown === undefined) continue;
    throw new BootstrapError(
      `Nothing in ${target.node.path} sends to ${member} "${unknown}". MessagingModule declares ` +
        `${declared.join(', ') || 'none of that kind'}.`,
    );
  }
}
