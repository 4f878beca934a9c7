import type { FrontDoor, ProjectSettings } from '../project-settings.js';
import { type Deployment, FUNCTION_TIMEOUT, LAMBDA_TIMEOUT } from './deployment.js';

export const sam: Deployment = {
  about: 'AWS SAM: a short CloudFormation template',
  needs: 'the [AWS SAM CLI](https://docs.aws.amazon.com/serverless-application-model/)',
  command: 'sam deploy --guided',
  ignored: ['.aws-sam/', 'samconfig.toml'],
  check: 'sam --check',
  consumers:
    'Consumers need events in the template, and sending messages needs permissions and variables.\n' +
    '`lambent sam --write` generates them from the decorators. CI fails if the template is out of date.',
  mainFile: ['template.yaml', 'the function and its API'],
  files: (settings) => ({ 'template.yaml': templateText(settings) }),
};

interface FrontDoorTexts {
  /** Settings of all functions and APIs of the template. */
  readonly globals?: string;
  /** Properties of the function. */
  readonly properties: string;
  readonly url: string;
}

/** The template's texts for each kind of API. */
const FRONT_DOOR: Readonly<Record<FrontDoor, FrontDoorTexts>> = {
  'http-api': {
    properties: eventsText('        Api:\n          Type: HttpApi'),
    url: '!Sub https://${ServerlessHttpApi}.execute-api.${AWS::Region}.amazonaws.com',
  },
  'rest-api': {
    globals: `Globals:
  Api:
    # All types, as in */*: the API would otherwise treat the bytes of uploads and files as text.
    BinaryMediaTypes: ['*~1*']

`,
    properties: eventsText(`        Root:
          Type: Api
          Properties: { Path: /, Method: ANY }
        Paths:
          Type: Api
          Properties: { Path: '/{proxy+}', Method: ANY }`),
    url: '!Sub https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod',
  },
  'function-url': {
    properties: `      FunctionUrlConfig:
        # Public, like the other kinds of API. AWS_IAM requires callers to sign requests.
        AuthType: NONE`,
    url: '!GetAtt FunctionUrl.FunctionUrl',
  },
};

function eventsText(api: string): string {
  return `      Events:
        # All requests. The application does the routing.
${api}
        # Events of consumers. "lambent sam --write" generates them from the
        # decorators, between these marks.
        # lambent:events
        # lambent:end`;
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html */
function templateText({ name, frontDoor }: ProjectSettings): string {
  const { globals = '', properties, url } = FRONT_DOOR[frontDoor];
  return `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: ${name}

${globals}Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      # "lambent build" writes this folder.
      CodeUri: bundle/
      Handler: handler.handler
      Runtime: nodejs24.x
      Architectures: [arm64]
      MemorySize: 1024
      Timeout: ${LAMBDA_TIMEOUT}
      Environment:
        Variables:
          # In seconds. The application responds with 504 before Lambda and the API time out.
          FUNCTION_TIMEOUT: '${FUNCTION_TIMEOUT}'
          LOG_LEVEL: info
          # "lambent sam --write" adds the addresses of queues, topics and buses.
          # lambent:variables
          # lambent:end
      Policies:
        - AWSLambdaBasicExecutionRole
        # "lambent sam --write" adds the permissions that follow from decorators.
        # lambent:policies
        # lambent:end
${properties}

Outputs:
  Url:
    Value: ${url}
`;
}
