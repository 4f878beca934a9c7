import { Annotations, Token } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { matches } from '../application/records/consumer-registry.js';
import { scheduleOf } from '../deployment/schedules.js';
import { type DeployedConsumer, labelOf, type Subscription, subscriptionsOf } from '../deployment/subscription.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/check-options.js';
import type { Carriage } from '../shared/event-types.js';
import { nameInStack } from './connect-schedule.js';
import { type Connector, withSettings } from './connection.js';
import { CONNECTORS } from './source-connectors.js';
import type { EventSources } from './source-options.js';

/** The kinds of which there is one resource, passed without a name. */
const UNNAMED: readonly (keyof EventSources)[] = ['eventBus', 'webSocketApi'];

/** The key of a resource that is passed without a name. */
const ALONE = '';

/**
 * Matches consumers with the resources that were passed, and connects the function to each: also to those whose
 * messages carry requests.
 *
 * @throws BootstrapError for a consumer whose resource was not passed, and for a resource that has no consumer.
 */
export function matchSources(
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
  const given = connectors.map(([source, { sources: kind }]) => {
    const ofSource = subscriptions.filter((subscription) => subscription.source === source);
    return { subscriptions: ofSource, kind, passed: withDeclared(target, ofSource, passedAs(kind, sources)) };
  });
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

/** Adds the schedules that decorators declare, without settings, unless they were passed. */
function withDeclared(
  target: Function,
  subscriptions: readonly Subscription[],
  passed: Given['passed'],
): Given['passed'] {
  const declared = subscriptions.filter(
    (subscription) => scheduleOf(subscription) && !Object.keys(passed).some((key) => isFor(subscription, key)),
  );
  return {
    ...Object.fromEntries(declared.map((subscription) => [nameInStack(target, subscription), {}])),
    ...passed,
  };
}

function isFor({ name }: Subscription, key: string): boolean {
  return name === undefined || key === ALONE || matches(name, key);
}

function refuseMissing(target: Function, given: readonly Given[]): void {
  const missing = given.flatMap(({ kind, subscriptions, passed }) =>
    subscriptions
      .filter((subscription) => kind !== 'eventBus' && !Object.keys(passed).some((key) => isFor(subscription, key)))
      .map((subscription) => `  ${labelOf(subscription)}: ${example(kind, subscription)}`),
  );
  if (missing.length === 0) return;
  throw new BootstrapError(
    `The sources of these consumers of ${target.node.path} are missing. Pass each resource in "sources", or false if ` +
      `it is connected elsewhere:\n${missing.join('\n')}`,
  );
}

function example(kind: keyof EventSources, { name }: Subscription): string {
  return UNNAMED.includes(kind) ? `{ ${kind}: … }` : `{ ${kind}: { ${JSON.stringify(name ?? 'name')}: … } }`;
}

function refuseUnused(target: Function, given: readonly Given[]): void {
  for (const { kind, subscriptions, passed } of given) {
    const unused = Object.keys(passed).find((key) => !subscriptions.some((subscription) => isFor(subscription, key)));
    if (unused === undefined) continue;
    const wanted = subscriptions.map(labelOf).join(', ') || 'it has no consumer of that kind';
    throw new BootstrapError(
      `Nothing in ${target.node.path} consumes ${unused === ALONE ? kind : `${kind} "${unused}"`}: ${wanted}. ` +
        'A consumer needs a decorator with that name, in a class that a module lists.',
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
    const matching = subscriptions.filter((subscription) => isFor(subscription, name));
    if (matching.some((subscription) => subscription.name !== undefined)) checkResourceName(target, kind, name, from);
    connector.connect(target, {
      name,
      resource: from,
      settings,
      consumers: matching.flatMap(({ consumers }) => consumers),
    });
  }
}

/** The property of CloudFormation and the member of the construct that have a resource's name. */
const NAMES: { readonly [Kind in keyof EventSources]?: readonly [property: string, member: string] } = {
  queues: ['queueName', 'queueName'],
  topics: ['topicName', 'topicName'],
  streams: ['name', 'streamName'],
  tables: ['tableName', 'tableName'],
  buckets: ['bucketName', 'bucketName'],
};

/**
 * Checks that a resource has the name that decorators use, because its records carry its name in AWS. Adds a warning
 * when CloudFormation generates the name.
 *
 * @throws BootstrapError when the resource has a different name.
 */
function checkResourceName(target: Function, kind: keyof EventSources, name: string, resource: unknown): void {
  const place = NAMES[kind];
  if (place === undefined) return;
  const actual = nameOf(resource as IConstruct, place);
  if (actual === name) return;
  const what = `${kind} "${name}" of ${target.node.path}`;
  if (actual !== undefined) {
    throw new BootstrapError(
      `${what} has the name "${actual}" in AWS, which its records carry. ` +
        'Use that name in "sources" and in the decorator.',
    );
  }
  Annotations.of(target).addWarningV2(
    `lambent:name-of-${name}`,
    `${what} has no name of its own, so CloudFormation generates one, which the decorator doesn't match. ` +
      `Set its ${place[0]} to "${name}", or leave the name out of the decorator.`,
  );
}

function nameOf(resource: IConstruct, [property, member]: readonly [string, string]): string | undefined {
  const own = resource.node.defaultChild;
  const name: unknown = own ? Reflect.get(own, property) : Reflect.get(resource, member);
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}
