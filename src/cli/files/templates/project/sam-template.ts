import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html */
export function samTemplateText({ name, frontDoor }: ProjectSettings): string {
  const { properties, url } = FRONT_DOORS[frontDoor];
  return `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: ${name}

Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      # "npm run build" writes this folder.
      CodeUri: bundle/
      Handler: handler.handler
      Runtime: nodejs24.x
      Architectures: [arm64]
      MemorySize: 1024
      Timeout: 29
      Environment:
        Variables:
          # In seconds. The application responds with 504 before Lambda and the API time out.
          FUNCTION_TIMEOUT: '28'
          LOG_LEVEL: info
${properties}

Outputs:
  Url:
    Value: ${url}
`;
}
