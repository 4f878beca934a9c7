import type {
  ApplicationDescription,
  ConsumerDescription,
  DestinationDescription,
  RouteDescription,
} from '../../contracts/application-description.js';
import { type BucketFacts, bucketFacts } from '../../deployment/deployment-facts.js';
import { bucketsOf, tablesOf, valuePermissions } from '../../deployment/permissions.js';
import { wayOf } from '../../shared/event-types.js';
import { pick } from '../../shared/pick.js';
import { whenOf } from '../../shared/schedule.js';
import { defineCommand } from '../framework/command.js';
import { titledTables } from '../framework/titled-tables.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';

export const command = defineCommand({
  name: 'routes',
  about: 'List the routes and consumers of an application. Reads metadata only; nothing is constructed.',
  positionals: [],
  flags: { ...ROOT_FLAGS, json: { type: 'boolean', about: 'Print JSON' } },
  examples: [
    ['routes', 'Use AppModule in src/app.module.ts'],
    ['routes --module src/jobs.module.ts#JobsModule', 'Use another root module'],
    ['routes --json', '{"routes":[…],"consumers":[…],"sends":[…],…}'],
  ],
  async run(values, _args, context) {
    const description = await describeProject(values, context);
    context.terminal.log(
      values.json === true ? JSON.stringify(jsonListing(description), null, 2) : listing(description),
    );
  },
});

function jsonListing(description: ApplicationDescription): object {
  const { routes, consumers, sends, uses, requestsVia, lazy, basePaths } = description;
  return {
    routes: routes.map((route) => pick(route, 'method', 'path', 'version', 'handler', 'module', 'consumes', 'guarded')),
    consumers: consumers.map((consumer) =>
      pick(consumer, 'source', 'criteria', 'batch', 'returns', 'via', 'schedule', 'handler', 'module'),
    ),
    sends,
    reads: valuePermissions(uses),
    tables: tablesOf(uses),
    buckets: bucketsOf(uses).map(bucketFacts),
    requestsVia,
    lazy,
    basePaths,
  };
}

function listing(description: ApplicationDescription): string {
  const { routes, consumers, sends, uses, requestsVia, lazy, basePaths } = description;
  const tables = titledTables([
    ['Routes', routes.map(routeRow)],
    ['Consumers', consumers.map(consumerRow)],
    ['Sends to', sends.map(destinationRow)],
    ['Large payloads', bucketsOf(uses).map(bucketFacts).map(bucketRow)],
    ['Requests in messages', requestsVia.map(({ source, name }) => [source, name])],
    ['Base paths', basePaths.map((path) => [path])],
    ['Lazy modules (loaded on the first request)', lazy.map((prefix) => [prefix])],
  ]);
  return tables || 'No routes and no consumers.';
}

function routeRow({ method, path, version, handler, module, consumes }: RouteDescription): string[] {
  const bodies = consumes?.some((kind) => kind !== 'json') ? [`consumes ${consumes.join(', ')}`] : [];
  return [method, version === undefined ? path : `${path} (version ${version})`, handler, module, ...bodies];
}

function destinationRow({ kind, name, variable, module }: DestinationDescription): string[] {
  return [kind, name, variable, module];
}

function bucketRow({ access, name, prefix, variable }: BucketFacts): string[] {
  return [access, `${name}/${prefix}*`, variable];
}

function consumerRow({ source, criteria, batch, via, schedule, handler, module }: ConsumerDescription): string[] {
  const wanted = Object.entries(criteria).map(([name, value]) => `${name} ${value}`);
  const carriers = wayOf(via).map(({ source: carrier, name }) => `via ${carrier} ${name}`);
  const when = schedule ? [whenOf(schedule)] : [];
  const which = [...(wanted.length > 0 ? wanted : ['all']), ...carriers, ...when].join(', ');
  return [source, which, handler, module, ...(batch ? ['in batches'] : [])];
}
