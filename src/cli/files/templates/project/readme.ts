import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';

export function readmeText({ name, frontDoor }: ProjectSettings): string {
  return `# ${name}

A service on AWS Lambda, behind ${FRONT_DOORS[frontDoor]}, built with Lambent.

## Work on it

\`\`\`sh
npm start                                # http://localhost:3000, as AWS would call it, and again when you save
curl localhost:3000/hello/Ada
npm test
npm run types                            # the compiler's word on all of it
npx lambent generate resource orders     # controller, service, DTOs, module and tests
npx lambent routes
npx lambent graph
npx lambent openapi --out openapi.json   # the API document
npx lambent invoke schedule              # any other event, while npm start runs
\`\`\`

\`src/hello\` shows a route, a body that is checked, a service and their tests. When you don't need it any more, remove the
folder, and \`HelloModule\` from \`src/app.module.ts\`.

\`npm start\` reads variables of the environment from \`.env\`, which Git leaves alone. \`npm start -- --help\` lists what else it can,
queues for instance.

## Deploy it

With AWS's SAM command line and credentials:

\`\`\`sh
npm run build                            # bundle/, the function
sam deploy --guided                      # template.yaml; prints the address
\`\`\`

Consumers of queues, streams, topics and schedules need events in the template, which follow from their decorators:
\`npx lambent sam --write\`.

## What is where

| | |
|---|---|
| \`src/app.module.ts\` | what the application is made of |
| \`src/handler.ts\` | what Lambda calls, with the options of a function that strangers reach |
| \`template.yaml\` | what is deployed |
| \`.github/workflows/ci.yml\` | what is checked on every push |

The documentation is in \`node_modules/lambent/docs/index.md\`; \`security.md\` beside it says what the options in
\`src/handler.ts\` cost, and what stays yours.
`;
}
