import type { FrontDoor, ProjectSettings } from './project-settings.js';

/** A door's part of the function, and where its address is. */
interface DoorText {
  readonly properties: string;
  readonly url: string;
}

const CONSUMERS = `        # What consumers consume: "npx lambent sam --write" keeps what is between the marks as their decorators say.
        # lambent:events
        # lambent:end`;

const DOORS: Readonly<Record<FrontDoor, DoorText>> = {
  'http-api': {
    properties: `      Events:
        # Every request: the routes are the application's.
        Api:
          Type: HttpApi
${CONSUMERS}`,
    url: '!Sub https://${ServerlessHttpApi}.execute-api.${AWS::Region}.amazonaws.com',
  },
  'rest-api': {
    properties: `      Events:
        # Every request: the routes are the application's.
        Root:
          Type: Api
          Properties: { Path: /, Method: ANY }
        Paths:
          Type: Api
          Properties: { Path: '/{proxy+}', Method: ANY }
${CONSUMERS}`,
    url: '!Sub https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod',
  },
  'function-url': {
    properties: `      FunctionUrlConfig:
        # Open to all, as the other kinds of APIs are; AWS_IAM asks callers for a signature.
        AuthType: NONE`,
    url: '!GetAtt FunctionUrl.FunctionUrl',
  },
};

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html */
export function templateText({ name, frontDoor }: ProjectSettings): string {
  const { properties, url } = DOORS[frontDoor];
  return `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: ${name}

Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      # Made by "npm run build".
      CodeUri: bundle/
      Handler: handler.handler
      Runtime: nodejs24.x
      Architectures: [arm64]
      MemorySize: 1024
      Timeout: 29
      Environment:
        Variables:
          # Seconds: the application answers 504 before Lambda and the API give up.
          FUNCTION_TIMEOUT: '28'
          LOG_LEVEL: info
${properties}

Outputs:
  Url:
    Value: ${url}
`;
}
