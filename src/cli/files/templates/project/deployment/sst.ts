import type { FrontDoor, ProjectSettings } from '../project-settings.js';
import { deployedName, type Deployment, FUNCTION_TIMEOUT, guideText, LAMBDA_TIMEOUT } from './deployment.js';

export const sst: Deployment = {
  about: 'SST: infrastructure in TypeScript, on Pulumi',
  needs: 'nothing else',
  command: 'sst deploy',
  tools: { sst: '^4.0.0' },
  ignored: ['.sst/'],
  consumers: guideText('deploy/sst.md'),
  mainFile: ['sst.config.ts', 'the function and its API'],
  files: (settings) => ({ 'sst.config.ts': configText(settings) }),
};

interface FrontDoorTexts {
  /** A property of the function. */
  readonly property: string;
  /** The text that follows the function. */
  readonly api: string;
}

const FRONT_DOOR: Readonly<Record<FrontDoor, FrontDoorTexts>> = {
  'http-api': {
    property: '',
    api: `    // All requests. The application does the routing.
    const api = new sst.aws.ApiGatewayV2('Api', { cors: false });
    api.route('$default', handler.arn);
    return { url: api.url };`,
  },
  'rest-api': {
    property: '',
    api: `    // All requests. The application does the routing.
    const api = new sst.aws.ApiGatewayV1('Api', {
      cors: false,
      // The API would otherwise treat the bytes of uploads and files as text.
      transform: { api: { binaryMediaTypes: ['*/*'] } },
    });
    api.route('ANY /', handler.arn);
    api.route('ANY /{proxy+}', handler.arn);
    api.deploy();
    return { url: api.url };`,
  },
  'function-url': {
    property: `
      // Public. Authorization 'iam' requires signed requests.
      url: { cors: false },`,
    api: '    return { url: handler.url };',
  },
};

function configText({ name, frontDoor }: ProjectSettings): string {
  const { property, api } = FRONT_DOOR[frontDoor];
  return `// oxlint-disable-next-line typescript/triple-slash-reference -- SST generates the file.
/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app: (input) => ({
    name: '${deployedName(name)}',
    home: 'aws',
    removal: input.stage === 'production' ? 'retain' : 'remove',
  }),
  async run() {
    const handler = new sst.aws.Function('Function', {
      // "lambent build" writes this folder.
      bundle: 'bundle',
      handler: 'handler.handler',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      timeout: '${LAMBDA_TIMEOUT} seconds',
      // In seconds. The application responds with 504 before Lambda and the API time out.
      environment: { FUNCTION_TIMEOUT: '${FUNCTION_TIMEOUT}', LOG_LEVEL: 'info' },${property}
    });
${api}
  },
});
`;
}
