import { posix } from 'node:path';
import { handlerFileName } from '../../build/handler-file-name.js';
import { type DeploymentFacts, deploymentFacts, type FunctionFacts } from '../../deployment/deployment-facts.js';
import { whenOf } from '../../shared/schedule.js';
import { defineCommand } from '../framework/command.js';
import { titledTables } from '../framework/titled-tables.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';
import { BUNDLE_FOLDER, declaredFunctions, functionFolder, projectFolder } from '../project/package-json.js';

export const command = defineCommand({
  name: 'describe',
  about:
    'Describe what a deployment has to tell AWS: what invokes the functions, schedules, destinations, permissions ' +
    'and environment variables. Constructs nothing but configuration classes, for their defaults.',
  positionals: [],
  flags: { ...ROOT_FLAGS, json: { type: 'boolean', about: 'Print JSON, for deployment tools' } },
  examples: [
    ['describe', 'Use AppModule in src/app.module.ts'],
    ['describe --json > application.json', 'For Terraform, SST, the Serverless Framework and your own scripts'],
  ],
  async run(values, _args, context) {
    const description = await describeProject(values, context);
    const facts = await deploymentFacts(description, functionsOf(projectFolder(context.cwd)));
    context.terminal.log(values.json === true ? JSON.stringify(facts, null, 2) : listing(facts));
  },
});

/** Returns the functions as `lambent build` writes them. */
function functionsOf(root: string): Readonly<Record<string, FunctionFacts>> {
  const functions = declaredFunctions(root);
  return Object.fromEntries(
    Object.entries(functions).map(([name, source]) => {
      const folder = posix.join(BUNDLE_FOLDER, functionFolder(name, functions));
      return [name, { source, folder, handler: `${handlerFileName(name)}.handler` }];
    }),
  );
}

function listing(facts: DeploymentFacts): string {
  const { functions, routes, subscriptions, schedules, destinations, tables, buckets, permissions, variables } = facts;
  return titledTables([
    ['Functions', Object.values(functions).map(({ source, folder, handler }) => [source, folder, handler])],
    ['Invoked by', [...apiRows(routes), ...subscriptions.map(subscriptionRow)]],
    ['Schedules', schedules.map((schedule) => [schedule.name, whenOf(schedule), schedule.handlers.join(', ')])],
    ['Sends to', destinations.map(({ kind, name, variable }) => [kind, name, variable])],
    ['Tables', tables.map(tableRow)],
    ['Buckets', buckets.map(({ name, prefix, access, variable }) => [access, `${name}/${prefix}*`, variable])],
    ['Permissions', permissions.map(permissionRow)],
    ['Variables', variables.map(variableRow)],
  ]);
}

function apiRows({ length }: DeploymentFacts['routes']): string[][] {
  return length > 0 ? [['an API', length === 1 ? '1 route' : `${length} routes`]] : [];
}

function subscriptionRow({ source, name, handlers }: DeploymentFacts['subscriptions'][number]): string[] {
  return [source, name ?? 'any', handlers.join(', ')];
}

function tableRow({ purpose, name, key, sortKey, timeToLive }: DeploymentFacts['tables'][number]): string[] {
  const keys = sortKey === null ? `key ${key}` : `keys ${key} and ${sortKey}`;
  return [purpose, name ?? '?', `${keys}, time to live ${timeToLive}`];
}

function permissionRow({ actions, resource, reason }: DeploymentFacts['permissions'][number]): string[] {
  return [reason, actions.join(' '), ...(resource === null ? ['name the resource yourself'] : [])];
}

function variableRow({ name, reason, optional, secret }: DeploymentFacts['variables'][number]): string[] {
  return [name, reason, ...(optional ? ['optional'] : []), ...(secret ? ['secret'] : [])];
}
