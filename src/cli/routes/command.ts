import type {
  ApplicationDescription,
  ConsumerDescription,
  RouteDescription,
} from '../../contracts/application-description.js';
import { table } from '../../local/terminal.js';
import { type Carriage, wayOf } from '../../shared/event-types.js';
import { defineCommand } from '../framework/command.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';

export const command = defineCommand({
  name: 'routes',
  about: 'Lists the routes and consumers of an application, as its metadata has them: nothing is constructed.',
  takes: [],
  flags: { ...ROOT_FLAGS, json: { type: 'boolean', about: 'prints JSON, for programs' } },
  examples: [
    ['routes', 'of AppModule in src/app.module.ts'],
    ['routes --module src/jobs.module.ts#JobsModule', 'of another root module'],
    ['routes --json', '{"routes":[…],"consumers":[…],"requestsVia":[…],"lazy":[…],"basePaths":[…]}'],
  ],
  async run(values, _taken, workplace) {
    const description = await describeProject(values, workplace);
    workplace.terminal.log(values.json === true ? JSON.stringify(plain(description), null, 2) : listing(description));
  },
});

function plain({ routes, consumers, requestsVia, lazy, basePaths }: ApplicationDescription): object {
  return {
    routes: routes.map(({ method, path, version, handler, module, consumes }) => ({
      method,
      path,
      version,
      handler,
      module,
      consumes,
    })),
    consumers: consumers.map(({ source, criteria, batch, returns, via, handler, module }) => ({
      source,
      criteria,
      batch,
      returns,
      via,
      handler,
      module,
    })),
    requestsVia,
    lazy,
    basePaths,
  };
}

function listing({ routes, consumers, requestsVia, lazy, basePaths }: ApplicationDescription): string {
  const parts = [
    routes.length > 0 && `Routes\n${table(routes.map(routeRow), '  ')}`,
    consumers.length > 0 && `Consumers\n${table(consumers.map(consumerRow), '  ')}`,
    requestsVia.length > 0 && `Requests in messages\n${table(requestsVia.map(requestsRow), '  ')}`,
    basePaths.length > 0 &&
      `Base paths\n${table(
        basePaths.map((path) => [path]),
        '  ',
      )}`,
    lazy.length > 0 &&
      `Loaded at the first request for it\n${table(
        lazy.map((prefix) => [prefix]),
        '  ',
      )}`,
  ];
  return parts.filter((part) => part !== false).join('\n\n') || 'There are no routes and no consumers.';
}

function routeRow({ method, path, version, handler, module, consumes }: RouteDescription): string[] {
  const others = consumes?.some((kind) => kind !== 'json') ? [`takes ${consumes.join(', ')}`] : [];
  return [method, version === undefined ? path : `${path} (version ${version})`, handler, module, ...others];
}

function requestsRow({ source, name }: Carriage): string[] {
  return [source, name];
}

function consumerRow({ source, criteria, batch, via, handler, module }: ConsumerDescription): string[] {
  const which = Object.entries(criteria).map(([name, value]) => `${name} ${value}`);
  const way = wayOf(via).map(({ source: carrier, name }) => `via ${carrier} ${name}`);
  return [
    source,
    [...(which.length > 0 ? which : ['all']), ...way].join(', '),
    handler,
    module,
    ...(batch ? ['whole batches'] : []),
  ];
}
