/** The choices that the templates of a new project depend on. */
export interface ProjectSettings {
  /** The npm package name. */
  readonly name: string;
  readonly frontDoor: FrontDoor;
  /** The npm version or spec of lambent. */
  readonly lambent: string;
  /** The versions of other packages that lambent is tested with. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The kind of API in front of the function, as `lambent new --api` names it. */
export type FrontDoor = keyof typeof FRONT_DOORS;

interface FrontDoorTemplate {
  /** The kind of API, for the README. */
  readonly title: string;
  /** The source that the emulator uses for it. */
  readonly source: string;
  /** Properties of the function in the SAM template. */
  readonly properties: string;
  /** The URL of the API in the SAM template. */
  readonly url: string;
}

const CONSUMERS = `        # Events of consumers. "npx lambent sam --write" generates them
        # from the decorators, between these marks.
        # lambent:events
        # lambent:end`;

export const FRONT_DOORS = {
  'http-api': {
    title: 'an API Gateway HTTP API',
    source: 'v2',
    properties: `      Events:
        # All requests. The application does the routing.
        Api:
          Type: HttpApi
${CONSUMERS}`,
    url: '!Sub https://${ServerlessHttpApi}.execute-api.${AWS::Region}.amazonaws.com',
  },
  'rest-api': {
    title: 'an API Gateway REST API',
    source: 'v1',
    properties: `      Events:
        # All requests. The application does the routing.
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
    title: 'a function URL',
    source: 'function-url',
    properties: `      FunctionUrlConfig:
        # Public, like the other kinds of API. AWS_IAM requires callers to sign requests.
        AuthType: NONE`,
    url: '!GetAtt FunctionUrl.FunctionUrl',
  },
} as const satisfies Readonly<Record<string, FrontDoorTemplate>>;
