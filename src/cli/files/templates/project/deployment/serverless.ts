import type { FrontDoor, ProjectSettings } from '../project-settings.js';
import { deployedName, type Deployment, FUNCTION_TIMEOUT, guideText, LAMBDA_TIMEOUT } from './deployment.js';

export const serverless: Deployment = {
  about: 'Serverless Framework, or its fork osls',
  needs: 'the [Serverless Framework](https://www.serverless.com), or its fork `osls`',
  command: 'serverless deploy',
  ignored: ['.serverless/'],
  consumers: guideText('deploy/serverless-framework.md'),
  mainFile: ['serverless.yml', 'the function and its API'],
  files: (settings) => ({ 'serverless.yml': configText(settings) }),
};

/** A setting of the provider. */
const REST_API = `
  apiGateway:
    # The API would otherwise treat the bytes of uploads and files as text.
    binaryMediaTypes: ['*/*']`;

/** The events of the function for each kind of API. */
const FRONT_DOOR: Readonly<Record<FrontDoor, string>> = {
  'http-api': `    events:
      # All requests. The application does the routing.
      - httpApi: '*'`,
  'rest-api': `    events:
      # All requests. The application does the routing.
      - http: { path: /, method: any }
      - http: { path: '/{proxy+}', method: any }`,
  'function-url': `    # Public, like the other kinds of API. "authorizer: aws_iam" requires callers to sign requests.
    url: true`,
};

function configText({ name, frontDoor }: ProjectSettings): string {
  return `service: ${deployedName(name)}

# "lambent build" has bundled the function. Remove these two lines for osls, which does not know them.
build:
  esbuild: false

provider:
  name: aws
  runtime: nodejs24.x
  architecture: arm64
  memorySize: 1024
  timeout: ${LAMBDA_TIMEOUT}
  environment:
    # In seconds. The application responds with 504 before Lambda and the API time out.
    FUNCTION_TIMEOUT: '${FUNCTION_TIMEOUT}'
    LOG_LEVEL: info${frontDoor === 'rest-api' ? REST_API : ''}

package:
  excludeDevDependencies: false
  patterns: ['!**', 'bundle/**']

functions:
  function:
    handler: bundle/handler.handler
${FRONT_DOOR[frontDoor]}
`;
}
