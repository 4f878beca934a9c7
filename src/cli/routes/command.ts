import type {
  ApplicationDescription,
  ConsumerDescription,
  DestinationDescription,
  RouteDescription,
} from '../../contracts/application-description.js';
import { type BucketFacts, bucketFacts } from '../../deployment/deployment-facts.js';
import { bucketsOf, tablesOf, valuePermissions } from '../../deployment/permissions.js';
import { table } from '../../local/terminal.js';
import { wayOf } from '../../shared/event-types.js';
import { defineCommand } from '../framework/command.js';
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
    routes: routes.map(({ method, path, version, handler, module, consumes, guarded }) => ({
      method,
      path,
      version,
      handler,
      module,
      consumes,
      guarded,
    })),
    consumers: consumers.map(({ source, criteria, batch, returns, via, schedule, handler, module }) => ({
      source,
      criteria,
      batch,
      returns,
      via,
      schedule,
      handler,
      module,
    })),
    sends,
    reads: uses.flatMap(valuePermissions),
    tables: tablesOf(uses),
    buckets: bucketsOf(uses).map(bucketFacts),
    requestsVia,
    lazy,
    basePaths,
  };
}

function listing(description: ApplicationDescription): string {
  const { routes, consumers, sends, uses, requestsVia, lazy, basePaths } = description;
  const buckets = bucketsOf(uses).map(bucketFacts);
  const parts = [
    routes.length > 0 && `Routes\n${table(routes.map(routeRow), '  ')}`,
    consumers.length > 0 && `Consumers\n${table(consumers.map(consumerRow), '  ')}`,
    sends.length > 0 && `Sends to\n${table(sends.map(destinationRow), '  ')}`,
    buckets.length > 0 && `Large payloads\n${table(buckets.map(bucketRow), '  ')}`,
    requestsVia.length > 0 &&
      `Requests in messages\n${table(
        requestsVia.map(({ source, name }) => [source, name]),
        '  ',
      )}`,
    basePaths.length > 0 && ['Base paths', ...basePaths].join('\n  '),
    lazy.length > 0 && ['Lazy modules (loaded on the first request)', ...lazy].join('\n  '),
  ];
  return parts.filter((part) => part !== false).join('\n\n') || 'No routes and no consumers.';
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
  const criteriaTexts = Object.entries(criteria).map(([name, value]) => `${name} ${value}`);
  const carriers = wayOf(via).map(({ source: carrier, name }) => `via ${carrier} ${name}`);
  return [
    source,
    [...(criteriaTexts.length > 0 ? criteriaTexts : ['all']), ...carriers, ...whenOf(schedule)].join(', '),
    handler,
    module,
    ...(batch ? ['in batches'] : []),
  ];
}

/** Describes when a schedule runs, as in `cron(0 3 * * ? *) Europe/Berlin`. */
function whenOf(schedule: ConsumerDescription['schedule']): string[] {
  if (schedule === undefined) return [];
  const { expression, timezone } = schedule;
  return [timezone === undefined ? expression : `${expression} ${timezone}`];
}
