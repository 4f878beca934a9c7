import type { ApplicationDescription, ConsumerDescription, RouteDescription } from '../../contracts/application-description.js';
import { defineCommand } from '../define-command.js';
import { table } from '../../shared/table.js';
import { describeProject, ROOT_FLAGS } from './describe-project.js';

export const command = defineCommand({
  name: 'routes',
  about: 'Lists the routes and consumers of an application, as its metadata has them: nothing is constructed.',
  takes: [],
  flags: { ...ROOT_FLAGS, json: { type: 'boolean', about: 'prints JSON, for programs' } },
  examples: [
    ['routes', 'of AppModule in src/app.module.ts'],
    ['routes --module src/jobs.module.ts#JobsModule', 'of another root module'],
    ['routes --json', '{"routes":[…],"consumers":[…],"lazy":[…]}'],
  ],
  async run(values, _taken, workplace) {
    const description = await describeProject(values, workplace);
    workplace.terminal.log(values.json === true ? JSON.stringify(plain(description), null, 2) : listing(description));
  },
});

function plain({ routes, consumers, lazy }: ApplicationDescription): object {
  return {
    routes: routes.map(({ method, path, version, handler, module }) => ({ method, path, version, handler, module })),
    consumers: consumers.map(({ source, criteria, batch, handler, module }) => ({ source, criteria, batch, handler, module })),
    lazy,
  };
}

function listing({ routes, consumers, lazy }: ApplicationDescription): string {
  const parts = [
    routes.length > 0 && `Routes\n${table(routes.map(routeRow), '  ')}`,
    consumers.length > 0 && `Consumers\n${table(consumers.map(consumerRow), '  ')}`,
    lazy.length > 0 && `Loaded at the first request for it\n${table(lazy.map((prefix) => [prefix]), '  ')}`,
  ];
  return parts.filter((part) => part !== false).join('\n\n') || 'There are no routes and no consumers.';
}

function routeRow({ method, path, version, handler, module }: RouteDescription): string[] {
  return [method, version === undefined ? path : `${path} (version ${version})`, handler, module];
}

function consumerRow({ source, criteria, batch, handler, module }: ConsumerDescription): string[] {
  const which = Object.entries(criteria).map(([name, value]) => `${name} ${value}`).join(', ');
  return [source, which || 'all', handler, module, ...(batch ? ['whole batches'] : [])];
}
