import { documentation } from '../../../../shared/documentation.js';
import { DEPLOYMENTS } from './deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from './package-managers.js';
import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';
import { TEST_RUNNERS } from './test-runners.js';

const CI_ROW = '| `.github/workflows/ci.yml` | the checks that run on every push |\n';

export function readmeText(settings: ProjectSettings): string {
  const { name, frontDoor, testRunner, deployment, packageManager, inRepository } = settings;
  const { exec, run, beforeFlags } = PACKAGE_MANAGERS[packageManager];
  const { needs, consumers, mainFile } = DEPLOYMENTS[deployment];
  const [file, about] = mainFile;
  return `# ${name}

A service on AWS Lambda behind ${FRONT_DOORS[frontDoor].title}, built with
[Lambent](https://github.com/lambent-js/lambent).

## Development

\`\`\`sh
${commandTable([
  [`${packageManager} start`, 'serves on http://localhost:3000 with hot reload'],
  ['curl localhost:3000/hello/Ada', ''],
  [`${packageManager} test`, ''],
  [`${run} types`, 'checks the types'],
  [`${run} lint`, 'finds mistakes'],
  [`${run} format`, 'formats the sources'],
  [`${exec} lambent generate resource orders`, 'module, controller, service, DTOs and tests'],
  [`${exec} lambent add`, 'lists what can be added: auth, config, metrics and more'],
  [`${exec} lambent routes`, 'lists routes and consumers'],
  [`${exec} lambent invoke schedule`, `sends an event while \`${packageManager} start\` is running`],
])}
\`\`\`

<http://localhost:3000/docs> describes the API and lets you try it out.

\`src/hello\` shows a route, a validated body, a service and their tests. When you no longer need it, delete the folder
and remove \`HelloModule\` from \`src/app.module.ts\`.

\`${packageManager} start\` reads environment variables from \`.env\`: copy \`.env.example\`.
\`${run} dev${beforeFlags} --help\` lists its flags, such as local queues.

## Deployment

You need AWS credentials and ${needs}.

\`\`\`sh
${run} deploy
\`\`\`

This bundles the function and deploys it. The URL is printed at the end.

${consumers}

## Files

| | |
|---|---|
| \`src/app.module.ts\` | the root module |
| \`src/handler.ts\` | the handler that Lambda calls |
| \`src/options.ts\` | the options of the application, for a public function |
| \`${file}\` | ${about} |
| \`${TEST_RUNNERS[testRunner].configPath}\` | the configuration of the tests |
| \`.oxlintrc.json\`, \`.oxfmtrc.json\` | rules of the linter and the formatter |
${inRepository ? '' : CI_ROW}
See [the documentation](${documentation('index.md')}). [Security](${documentation('security.md')}) explains the options
in \`src/options.ts\`, their trade-offs, and what remains your responsibility.
`;
}

/** Shell commands with comments in one column. */
function commandTable(rows: readonly (readonly [command: string, about: string])[]): string {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, about]) => (about === '' ? command : `${command.padEnd(width)}  # ${about}`)).join('\n');
}
