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
import { CONNECTORS } from './source-connectors.js';
import { type Connector, type EventSources, withSettings } from './source-options.js';

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
  const given = connectors.map(([source, connector]): Given => {
    const ofSource = subscriptions.filter((subscription) => subscription.source === source);
    const passed = passedAs(connector.sources, sources);
    return {
      kind: connector.sources,
      subscriptions: ofSource,
      passed: { ...unpassed(target, ofSource, passed), ...passed },
      connect: connector.connect as Given['connect'],
    };
  });
  refuseMissing(target, given);
  refuseUnused(target, given);
  for (const each of given) connectAll(target, each);
}

/** The resources of one source, with what subscribes to them. */
interface Given {
  readonly kind: keyof EventSources;
  readonly subscriptions: readonly Subscription[];
  readonly passed: Readonly<Record<string, unknown>>;
  readonly connect: Connector<unknown>['connect'];
}

function passedAs(kind: keyof EventSources, sources: EventSources): Given['passed'] {
  const value: unknown = sources[kind];
  if (UNNAMED.includes(kind)) return value === undefined ? {} : { [ALONE]: value };
  return (value ?? {}) as Given['passed'];
}

/** Returns what need not be passed: the default bus, and the schedules that decorators declare, without settings. */
function unpassed(target: Function, subscriptions: readonly Subscription[], passed: Given['passed']): Given['passed'] {
  const entries = subscriptions
    .filter((subscription) => !isPassed(subscription, passed))
    .flatMap((subscription): [string, unknown][] => {
      if (subscription.source === 'eventbridge') return [[ALONE, undefined]];
      return scheduleOf(subscription) ? [[nameInStack(target, subscription), {}]] : [];
    });
  return Object.fromEntries(entries);
}

function isPassed(subscription: Subscription, passed: Given['passed']): boolean {
  return Object.keys(passed).some((key) => isFor(subscription, key));
}

function isFor({ name }: Subscription, key: string): boolean {
  return name === undefined || key === ALONE || matches(name, key);
}

function refuseMissing(target: Function, given: readonly Given[]): void {
  const missing = given.flatMap(({ kind, subscriptions, passed }) =>
    subscriptions
      .filter((subscription) => !isPassed(subscription, passed))
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

function connectAll(target: Function, { kind, subscriptions, passed, connect }: Given): void {
  for (const [name, value] of Object.entries(passed)) {
    if (value === false) continue;
    const { from, ...settings } = withSettings(value);
    const matching = subscriptions.filter((subscription) => isFor(subscription, name));
    if (matching.some((subscription) => subscription.name !== undefined)) checkResourceName(target, kind, name, from);
    connect(target, {
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
