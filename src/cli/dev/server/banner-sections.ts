import { matches } from '../../../application/records/consumer-registry.js';
import { type DeployedConsumer, type Subscription, subscriptionsOf } from '../../../deployment/subscription.js';
import { type BannerRoute, routeRow } from '../../../local/banner.js';
import { DEFAULT_URL } from '../../../local/deliver/deliver.js';
import type { Destination, DestinationKind } from '../../../shared/destination.js';
import { wayOf } from '../../../shared/event-types.js';
import { whenOf } from '../../../shared/schedule.js';
import type { FunctionConsumer, FunctionDescription, FunctionRoute } from '../runtime/process-messages.js';

/** A table of the banner. */
export interface BannerSection {
  /** None for the routes, which come first. */
  readonly title?: string;
  readonly rows: readonly (readonly string[])[];
}

/** The content of the banner. */
export interface BannerParts {
  readonly url: string;
  /** The function that gets requests; `undefined` until it has loaded. */
  readonly front: FunctionDescription | undefined;
  /** All functions that have loaded. */
  readonly functions: readonly FunctionDescription[];
  /** The queues, topics and buses that are emulated. */
  readonly local: readonly Destination[];
  readonly endpoints: Readonly<Record<DestinationKind, string>>;
  /** The buckets of large payloads that are emulated. */
  readonly buckets: { readonly names: readonly string[]; readonly endpoint: string };
}

/** Returns the tables of the banner: only those that have rows. */
export function bannerSections(parts: BannerParts): BannerSection[] {
  const { url, front, functions, local, endpoints, buckets } = parts;
  const consumers = functions.flatMap((description) => description.consumers.filter(isOwn));
  const subscriptions = subscriptionsOf(
    consumers,
    functions.flatMap(({ requestsVia }) => requestsVia),
  );
  const emulated = (kind: DestinationKind) => local.filter((each) => each.kind === kind);
  const schedules = consumers.filter(({ source, via }) => source === 'schedule' && via === undefined);
  const queues = emulated('queue');
  const shown = new Set<object>([...schedules, ...queues.flatMap(({ name }) => consumersOf(name, subscriptions))]);
  const routes = front?.routes ?? [];
  return [
    { rows: [...routesToTry(routes).map(routeRow), ...(front?.lazy ?? []).map((prefix) => ['', prefix, 'lazy'])] },
    {
      title: `Queues on ${endpoints.queue}`,
      rows: queues.map(({ name }) => [name, handlers(consumersOf(name, subscriptions)) || withoutConsumer(front)]),
    },
    {
      title: `Topics and buses on ${endpoints.topic}`,
      rows: [...emulated('topic'), ...emulated('bus')].map(({ kind, name }) => [kind, name]),
    },
    { title: `Buckets on ${buckets.endpoint}`, rows: buckets.names.map((name) => [name]) },
    { title: 'Schedules', rows: schedules.map(scheduleRow) },
    { title: 'Other consumers', rows: consumers.filter((each) => !shown.has(each)).map(consumerRow) },
    { title: 'Links', rows: routes.flatMap((route) => linkRows(route, url)) },
  ].filter(({ rows }) => rows.length > 0);
}

/** Returns the routes without those that the links show. */
export function routesToTry(routes: readonly FunctionRoute[]): BannerRoute[] {
  return routes.filter((route) => linkTitle(route) === undefined);
}

/** Returns the command that runs a schedule through the server at the URL, if the functions have one. */
export function scheduleCommand(url: string, functions: readonly FunctionDescription[]): string | undefined {
  const schedules = functions.flatMap(({ consumers }) => consumers).filter(({ source }) => source === 'schedule');
  const { criteria = {}, schedule } = schedules.find(({ criteria: { rule } }) => rule !== undefined) ?? {};
  const { rule } = criteria;
  if (rule === undefined) return undefined;
  const detail = schedule?.input === undefined ? '' : ` --detail ${quoted(JSON.stringify(schedule.input))}`;
  return `npx lambent invoke schedule ${quoted(rule)}${detail}${urlFlag(url)}`;
}

/** Returns the flag of `lambent invoke` for a server that it would not find by itself. */
export function urlFlag(url: string): string {
  return url === DEFAULT_URL ? '' : ` --url ${url}`;
}

/** Quotes a word for a shell, unless it needs no quotes. */
function quoted(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Returns the consumers of a queue: of its messages, or of the events and requests in them. */
function consumersOf(queue: string, subscriptions: readonly Subscription[]): DeployedConsumer[] {
  return subscriptions
    .filter(({ source, name = '*' }) => source === 'sqs' && matches(name, queue))
    .flatMap(({ consumers }) => consumers);
}

/** A handler of no application gets the messages of all queues. */
function withoutConsumer(front: FunctionDescription | undefined): string {
  return front?.isApplication === false ? '' : 'no consumer: messages wait';
}

function handlers(consumers: readonly DeployedConsumer[]): string {
  return [...new Set(consumers.map(({ handler }) => handler))].join(', ');
}

function scheduleRow({ criteria: { rule }, schedule, handler }: FunctionConsumer): string[] {
  const when = schedule === undefined ? '' : whenOf(schedule);
  // The name of a schedule without one is that of its method.
  return rule === handler ? [rule, when] : [rule ?? 'any', when, handler];
}

function consumerRow({ source, criteria, via, handler }: FunctionConsumer): string[] {
  const which = Object.values(criteria).join(', ');
  const way = wayOf(via).map(({ source: carrier, name }) => `${carrier} ${name}`);
  return [source, [which, ...(way.length > 0 ? [`via ${way.join(', ')}`] : [])].join(' ').trim(), handler];
}

/** The routes that are links, by the modules of the framework that bring them. */
const LINKS: Readonly<Record<string, string>> = {
  'OpenApiModule OpenApiController.page': 'API page',
  'OpenApiModule OpenApiController.document': 'OpenAPI document',
  'HealthModule HealthController.respond': 'Health',
};

/** Whether a consumer is the application's. Health checks have one, for direct invocations. */
function isOwn({ module }: FunctionConsumer): boolean {
  return module !== 'HealthModule';
}

function linkTitle({ module, handler }: FunctionRoute): string | undefined {
  return LINKS[`${module} ${handler}`];
}

function linkRows(route: FunctionRoute, url: string): string[][] {
  const title = linkTitle(route);
  return title === undefined ? [] : [[title, url + route.path]];
}
