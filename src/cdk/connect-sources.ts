import type { Function } from 'aws-cdk-lib/aws-lambda';
import { matches } from '../application/criteria.js';
import { type DeployedConsumer, type Demand, demandsOf, labelOf } from '../deployment/demand.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js';
import type { Carriage } from '../shared/via.js';
import { checkName } from './check-name.js';
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
  refuseUnknownOptions(sources, connectors.map(([, connector]) => connector.sources), `the option sources of ${target.node.path}`);
  const demands = demandsOf(consumers, requestsVia);
  const given = connectors.map(([source, { sources: kind }]) => ({ demands: demands.filter((demand) => demand.source === source), kind, passed: passedAs(kind, sources) }));
  refuseMissing(target, given);
  refuseUnused(target, given);
  for (const [index, [, connector]] of connectors.entries()) connectAll(target, connector as Connector<unknown>, given[index]!);
}

interface Given {
  readonly kind: keyof EventSources;
  readonly demands: readonly Demand[];
  readonly passed: Readonly<Record<string, unknown>>;
}

function passedAs(kind: keyof EventSources, sources: EventSources): Given['passed'] {
  const value: unknown = sources[kind];
  if (UNNAMED.includes(kind)) return value === undefined ? {} : { [ALONE]: value };
  return (value ?? {}) as Given['passed'];
}

function wants({ name }: Demand, key: string): boolean {
  return name === undefined || key === ALONE || matches(name, key);
}

function refuseMissing(target: Function, given: readonly Given[]): void {
  const missing = given.flatMap(({ kind, demands, passed }) =>
    demands.filter((demand) => kind !== 'eventBus' && !Object.keys(passed).some((key) => wants(demand, key))).map((demand) => `  ${labelOf(demand)}: ${example(kind, demand)}`),
  );
  if (missing.length === 0) return;
  throw new BootstrapError(
    `${target.node.path} is not told where these consumers get their events from. Pass it in "sources", or false where it is set up elsewhere:\n${missing.join('\n')}`,
  );
}

function example(kind: keyof EventSources, { name }: Demand): string {
  return UNNAMED.includes(kind) ? `{ ${kind}: … }` : `{ ${kind}: { ${JSON.stringify(name ?? 'name')}: … } }`;
}

function refuseUnused(target: Function, given: readonly Given[]): void {
  for (const { kind, demands, passed } of given) {
    const unused = Object.keys(passed).find((key) => !demands.some((demand) => wants(demand, key)));
    if (unused === undefined) continue;
    const wanted = demands.map(labelOf).join(', ') || 'there is no consumer of that kind';
    throw new BootstrapError(`Nobody in ${target.node.path} consumes ${unused === ALONE ? kind : `${kind} "${unused}"`}: ${wanted}. A consumer needs a decorator with that name, and a module that lists it.`);
  }
}

function connectAll(target: Function, connector: Connector<unknown>, { kind, demands, passed }: Given): void {
  const entries = Object.entries(kind === 'eventBus' && demands.length > 0 ? { [ALONE]: undefined, ...passed } : passed);
  for (const [name, value] of entries) {
    if (value === false) continue;
    const { from, ...settings } = withSettings(value);
    const takers = demands.filter((demand) => wants(demand, name));
    if (takers.some((demand) => demand.name !== undefined)) checkName(target, kind, name, from);
    connector.connect(target, { name, resource: from, settings, consumers: takers.flatMap(({ consumers }) => consumers) });
  }
}

/** Constructs have no member of that name. */
function withSettings(value: unknown): { readonly from: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value ? (value as { from: unknown }) : { from: value };
}
