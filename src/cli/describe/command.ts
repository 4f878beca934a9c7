import { posix } from 'node:path';
import { moduleName } from '../../build/build-options.js';
import { type DeploymentFacts, deploymentFacts, type FunctionFacts } from '../../deployment/deployment-facts.js';
import { table } from '../../local/terminal.js';
import { defineCommand } from '../framework/command.js';
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
      return [name, { source, folder, handler: `${moduleName(name)}.handler` }];
    }),
  );
}

function listing(facts: DeploymentFacts): string {
  const { functions, routes, subscriptions, schedules, destinations, tables, buckets, permissions, variables } = facts;
  const sections: [title: string, rows: string[][]][] = [
    ['Functions', Object.values(functions).map(({ source, folder, handler }) => [source, folder, handler])],
    [
      'Invoked by',
      [...(routes.length > 0 ? [['an API', `${routes.length} routes`]] : []), ...subscriptions.map(subscriptionRow)],
    ],
    [
      'Schedules',
      schedules.map(({ name, expression, timezone, handlers }) => [
        name,
        `${expression} ${timezone ?? 'UTC'}`,
        handlers.join(', '),
      ]),
    ],
    ['Sends to', destinations.map(({ kind, name, variable }) => [kind, name, variable])],
    [
      'Tables',
      tables.map(({ purpose, name, key, timeToLive }) => [
        purpose,
        name ?? '?',
        `key ${key}, time to live ${timeToLive}`,
      ]),
    ],
    ['Buckets', buckets.map(({ name, prefix, access, variable }) => [access, `${name}/${prefix}*`, variable])],
    [
      'Permissions',
      permissions.map(({ actions, resource, reason }) => [
        reason,
        actions.join(' '),
        ...(resource === null ? ['name the resource yourself'] : []),
      ]),
    ],
    [
      'Variables',
      variables.map(({ name, reason, optional, secret }) => [
        name,
        reason,
        ...(optional ? ['optional'] : []),
        ...(secret ? ['secret'] : []),
      ]),
    ],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `${title}\n${table(rows, '  ')}`)
    .join('\n\n');
}

function subscriptionRow({ source, name, handlers }: DeploymentFacts['subscriptions'][number]): string[] {
  return [source, name ?? 'any', handlers.join(', ')];
}
