import { Annotations, Token } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { matches } from '../application/records/consumer-registry.js';
import { type Subscription, subscriptionsOf, type DeployedConsumer, labelOf } from '../deployment/subscription.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/check-options.js';
import type { Carriage } from '../shared/event-types.js';
import { type Connector, CONNECTORS } from './connectors.js';
import type { EventSources } from './event-sources.js';

/** Those that are passed alone, not by names. */
const UNNAMED: readonly (keyof EventSources)[] = ['eventBus', 'webSocketApi'];

/** The key of what is passed alone; it matches no name. */
const ALONE = '';

/**
 * Has a function called for what its consumers consume, and for requests in messages.
 *
 * @throws BootstrapError for a consumer whose resource was not passed, and a resource that nobody consumes.
 */
export function connectSources(
  target: Function,
  sources: EventSources,
  consumers: readonly DeployedConsumer[],
  requestsVia: readonly Carriage[] = [],
): void {
  const connectors = Object.entries(CONNECTORS);
  refuseUnknownOptions(
    sources,
    connectors.map(([, connector]) => connector.sources),
    `the option sources of ${target.node.path}`,
  );
  const subscriptions = subscriptionsOf(consumers, requestsVia);
  const given = connectors.map(([source, { sources: kind }]) => ({
    subscriptions: subscriptions.filter((subscription) => subscription.source === source),
    kind,
    passed: passedAs(kind, sources),
  }));
  refuseMissing(target, given);
  refuseUnused(target, given);
  for (const [index, [, connector]] of connectors.entries())
    connectAll(target, connector as Connector<unknown>, given[index]!);
}

interface Given {
  readonly kind: keyof EventSources;
  readonly subscriptions: readonly Subscription[];
  readonly passed: Readonly<Record<string, unknown>>;
}

function passedAs(kind: keyof EventSources, sources: EventSources): Given['passed'] {
  const value: unknown = sources[kind];
  if (UNNAMED.includes(kind)) return value === undefined ? {} : { [ALONE]: value };
  return (value ?? {}) as Given['passed'];
}

function wants({ name }: Subscription, key: string): boolean {
  return name === undefined || key === ALONE || matches(name, key);
}

function refuseMissing(target: Function, given: readonly Given[]): void {
  const missing = given.flatMap(({ kind, subscriptions, passed }) =>
    subscriptions
      .filter((subscription) => kind !== 'eventBus' && !Object.keys(passed).some((key) => wants(subscription, key)))
      .map((subscription) => `  ${labelOf(subscription)}: ${example(kind, subscription)}`),
  );
  if (missing.length === 0) return;
  throw new BootstrapError(
    `${target.node.path} is not told where these consumers get their events from. Pass it in "sources", or false where it is set up elsewhere:\n${missing.join('\n')}`,
  );
}

function example(kind: keyof EventSources, { name }: Subscription): string {
  return UNNAMED.includes(kind) ? `{ ${kind}: … }` : `{ ${kind}: { ${JSON.stringify(name ?? 'name')}: … } }`;
}

function refuseUnused(target: Function, given: readonly Given[]): void {
  for (const { kind, subscriptions, passed } of given) {
    const unused = Object.keys(passed).find((key) => !subscriptions.some((subscription) => wants(subscription, key)));
    if (unused === undefined) continue;
    const wanted = subscriptions.map(labelOf).join(', ') || 'there is no consumer of that kind';
    throw new BootstrapError(
      `Nobody in ${target.node.path} consumes ${unused === ALONE ? kind : `${kind} "${unused}"`}: ${wanted}. A consumer needs a decorator with that name, and a module that lists it.`,
    );
  }
}

function connectAll(target: Function, connector: Connector<unknown>, { kind, subscriptions, passed }: Given): void {
  const entries = Object.entries(
    kind === 'eventBus' && subscriptions.length > 0 ? { [ALONE]: undefined, ...passed } : passed,
  );
  for (const [name, value] of entries) {
    if (value === false) continue;
    const { from, ...settings } = withSettings(value);
    const takers = subscriptions.filter((subscription) => wants(subscription, name));
    if (takers.some((subscription) => subscription.name !== undefined)) checkResourceName(target, kind, name, from);
    connector.connect(target, {
      name,
      resource: from,
      settings,
      consumers: takers.flatMap(({ consumers }) => consumers),
    });
  }
}

/** Constructs have no member of that name. */
function withSettings(value: unknown): { readonly from: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value
    ? (value as { from: unknown })
    : { from: value };
}

/** Where a resource has its name: in CloudFormation's properties, and as a construct. */
const NAMES: { readonly [Kind in keyof EventSources]?: readonly [property: string, member: string] } = {
  queues: ['queueName', 'queueName'],
  topics: ['topicName', 'topicName'],
  streams: ['name', 'streamName'],
  tables: ['tableName', 'tableName'],
  buckets: ['bucketName', 'bucketName'],
};

/**
 * Records carry the name that a resource has in AWS, and decorators name it: another one would reach no consumer.
 *
 * @throws BootstrapError when the resource has another name; where CloudFormation is to give it one, there is a
 *   warning.
 */
function checkResourceName(target: Function, kind: keyof EventSources, name: string, resource: unknown): void {
  const place = NAMES[kind];
  if (place === undefined) return;
  const actual = nameOf(resource as IConstruct, place);
  if (actual === name) return;
  const wrong = `${kind} "${name}" of ${target.node.path}`;
  if (actual !== undefined)
    throw new BootstrapError(
      `${wrong} has the name "${actual}" in AWS, by which its records are told apart. Pass it under that name, which a decorator has to name.`,
    );
  Annotations.of(target).addWarningV2(
    `lambent:name-of-${name}`,
    `${wrong} has no name of its own, so that CloudFormation makes one up, and the decorator would have to name that. Set its ${place[0]} to "${name}", or leave the name out of the decorator.`,
  );
}

function nameOf(resource: IConstruct, [property, member]: readonly [string, string]): string | undefined {
  const own = resource.node.defaultChild as Readonly<Record<string, unknown>> | undefined;
  const name = own ? own[property] : (resource as unknown as Readonly<Record<string, unknown>>)[member];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}
