import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';

export function readmeText({ name, frontDoor }: ProjectSettings): string {
  return `# ${name}

A service on AWS Lambda behind ${FRONT_DOORS[frontDoor].title}, built with Lambent.

## Development

\`\`\`sh
npm start                                # serves on http://localhost:3000 with hot reload
curl localhost:3000/hello/Ada
npm test
npm run types                            # checks the types
npx lambent generate resource orders     # module, controller, service, DTOs and tests
npx lambent routes
npx lambent graph
npx lambent openapi --out openapi.json   # the OpenAPI document
npx lambent invoke schedule              # sends any other event while npm start is running
\`\`\`

\`src/hello\` shows a route, a validated body, a service and their tests. When you no longer need it, delete the folder
and remove \`HelloModule\` from \`src/app.module.ts\`.

\`npm start\` reads environment variables from \`.env\`, which Git ignores.
\`npm start -- --help\` lists its other options, such as local queues.

## Deployment

You need the AWS SAM CLI and AWS credentials:

\`\`\`sh
npm run build                            # bundles the function into bundle/
sam deploy --guided                      # deploys template.yaml and prints the URL
\`\`\`

Consumers of queues, streams, topics and schedules need events in the template. Generate them from the decorators with
\`npx lambent sam --write\`.

## Files

| | |
|---|---|
| \`src/app.module.ts\` | the root module |
| \`src/handler.ts\` | the handler that Lambda calls, with options for a public function |
| \`template.yaml\` | the SAM template |
| \`.github/workflows/ci.yml\` | the checks that run on every push |

The documentation starts at \`node_modules/lambent/docs/index.md\`. In the same folder, \`security.md\` explains the
options in \`src/handler.ts\`, their trade-offs, and what remains your responsibility.
`;
}
