import { pascalCase } from '../../../../../shared/pascal-case.js';
import type { ProjectSettings } from '../project-settings.js';
import type { Deployment } from './deployment.js';

export const cdk: Deployment = {
  about: 'AWS CDK: infrastructure in TypeScript',
  needs: 'an account and a region that `cdk bootstrap` has prepared',
  command: 'cdk deploy',
  bundles: true,
  packages: ['aws-cdk-lib', 'constructs'],
  tools: { 'aws-cdk': '^2.1148.0' },
  sources: ['infrastructure'],
  // Runs infrastructure/app.ts without a compiler.
  node: '>=22.18',
  ignored: ['cdk.out/'],
  consumers: 'Pass the queues, topics and tables of consumers in the option `sources` of `LambentFunction`.',
  mainFile: ['infrastructure/app.ts', 'the function and its API'],
  files: (settings) => ({
    'cdk.json': '{\n  "app": "node infrastructure/app.ts"\n}\n',
    'infrastructure/app.ts': appText(settings),
  }),
};

function appText({ name, frontDoor }: ProjectSettings): string {
  return `import { App, Stack } from 'aws-cdk-lib';
import { LambentApi, LambentFunction } from 'lambent/cdk';

const app = new App();
const stack = new Stack(app, '${stackName(name)}');

// Bundles src/handler.ts. Public, like the URL that the stack prints.
const api = new LambentFunction(stack, 'Function', { environment: { LOG_LEVEL: 'info' } });
new LambentApi(stack, 'Api', { function: api, kind: '${frontDoor}' });
`;
}

/** Names a stack after the project: `my-api` becomes `MyApi`. CloudFormation takes 128 characters. */
function stackName(project: string): string {
  const name = pascalCase(project);
  return (/^[A-Z]/.test(name) ? name : `App${name}`).slice(0, 128);
}
