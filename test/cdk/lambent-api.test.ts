import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AuthorizationType, CognitoUserPoolsAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { LambentApi, type LambentApiProps } from '../../src/cdk/lambent-api.js';
import { LambentFunction } from '../../src/cdk/lambent-function.js';
import { createShop, newStack, propertiesOf } from './shop.js';

let folder: string;
let stack: Stack;
let target: LambentFunction;

beforeAll(() => {
  folder = createShop();
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  stack = newStack(join(folder, 'cdk.out'));
  const src = join(folder, 'src');
  target = new LambentFunction(stack, 'Function', {
    entry: join(src, 'handler.ts'),
    module: `${join(src, 'app.module.ts')}#ApiModule`,
  });
});

type Resource = { Type: string; Properties: Record<string, never> };

const outputs = (): string[] => Object.keys(Template.fromStack(stack).toJSON()['Outputs'] as object);
const routeKeys = (): string[] =>
  propertiesOf(stack, 'AWS::ApiGatewayV2::Route')
    .map(({ RouteKey }) => RouteKey as string)
    .toSorted();

const DECORATED = [
  'ANY /proxy',
  'GET /orders/{id}',
  'GET /orders/{id}/pages/{path+}',
  'GET /{slug}',
  'HEAD /orders/{id}/lines',
  'HEAD /orders/{id}/lines/{line}',
  'POST /orders',
];

describe('an HTTP API', () => {
  test('has the routes of the decorators and one for the rest, all with one integration and one permission', () => {
    const api = new LambentApi(stack, 'Api', { function: target });
    expect(routeKeys()).toEqual(['$default', ...DECORATED]);
    expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toEqual([
      expect.objectContaining({ PayloadFormatVersion: '2.0' }),
    ]);
    const [permission, ...others] = propertiesOf(stack, 'AWS::Lambda::Permission');
    expect(others).toEqual([]);
    // Of every stage and route, `$default` among them.
    expect(JSON.stringify(permission!['SourceArn'])).toMatch(/"\/\*\/\*"\]\]\}$/);
    expect(api.httpApi).toBeDefined();
    expect(outputs()).toEqual([expect.stringMatching(/^ApiUrl/)]);
  });

  test('leaves CORS to the application, and takes what else it has settings for', () => {
    new LambentApi(stack, 'Api', { function: target, api: { description: 'Orders' } });
    const [api] = propertiesOf(stack, 'AWS::ApiGatewayV2::Api');
    expect(api).toEqual({ Name: 'Shop-Api', Description: 'Orders', ProtocolType: 'HTTP' });
  });

  test('may have the one route for all', () => {
    new LambentApi(stack, 'Api', { function: target, routes: 'one' });
    expect(routeKeys()).toEqual(['$default']);
  });
});

function methodsByPath(): Record<string, string[]> {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> };
  const pathOf = (reference: { Ref?: string }): string => {
    const resource = reference.Ref === undefined ? undefined : Resources[reference.Ref];
    return resource === undefined
      ? ''
      : `${pathOf(resource.Properties['ParentId']!)}/${resource.Properties['PathPart']}`;
  };
  const paths: Record<string, string[]> = {};
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::ApiGateway::Method')
      (paths[pathOf(Properties['ResourceId']!) || '/'] ??= []).push(Properties['HttpMethod']!);
  }
  return paths;
}

describe('an authorizer of the whole API', () => {
  test('asks for everything of an HTTP API but preflights, which carry no credentials', () => {
    new LambentApi(stack, 'Api', { function: target, api: { defaultAuthorizer: new HttpIamAuthorizer() } });
    const types = propertiesOf(stack, 'AWS::ApiGatewayV2::Route').map(({ RouteKey, AuthorizationType: type }) => [
      RouteKey,
      type,
    ]);
    expect(Object.fromEntries(types)).toMatchObject({
      $default: 'AWS_IAM',
      'GET /orders/{id}': 'AWS_IAM',
      'OPTIONS /': 'NONE',
      'OPTIONS /{proxy+}': 'NONE',
    });
  });

  test('leaves preflights open at routes that would take them, too, which API Gateway prefers to a greedy path', () => {
    const src = join(folder, 'src');
    writeFileSync(
      join(src, 'open.module.ts'),
      `import { All, Controller, Get, Module, Options } from 'lambent';
       @Controller() class OpenController {
         @All('carts/:id') cart() {}
         @All('files/*path') file() {}
         @Options('orders') allowed() {}
         @Get('orders') list() {}
         @All('*rest') rest() {}
         @Options('/') root() {}
       }
       @Module({ controllers: [OpenController] }) export class OpenModule {}`,
    );
    const open = new LambentFunction(stack, 'Open', {
      entry: join(src, 'handler.ts'),
      module: join(src, 'open.module.ts#OpenModule'),
    });
    new LambentApi(stack, 'Api', { function: open, api: { defaultAuthorizer: new HttpIamAuthorizer() } });
    const types = propertiesOf(stack, 'AWS::ApiGatewayV2::Route').map(
      ({ RouteKey, AuthorizationType: type }) => `${RouteKey} ${type}`,
    );
    expect(types.toSorted()).toEqual([
      '$default AWS_IAM',
      'ANY /carts/{id} AWS_IAM',
      'ANY /files/{path+} AWS_IAM',
      'ANY /{rest+} AWS_IAM',
      'GET /orders AWS_IAM',
      'OPTIONS / NONE',
      'OPTIONS /carts/{id} NONE',
      'OPTIONS /files/{path+} NONE',
      'OPTIONS /orders NONE',
      'OPTIONS /{rest+} NONE',
    ]);
  });

  test('asks for everything of a REST API but preflights', () => {
    new LambentApi(stack, 'Api', {
      function: target,
      kind: 'rest-api',
      api: { defaultMethodOptions: { authorizationType: AuthorizationType.IAM } },
    });
    const methods = propertiesOf(stack, 'AWS::ApiGateway::Method');
    const asked = methods
      .filter(({ AuthorizationType: type }) => type === 'AWS_IAM')
      .map(({ HttpMethod }) => HttpMethod);
    const open = methods.filter(({ AuthorizationType: type }) => type === 'NONE').map(({ HttpMethod }) => HttpMethod);
    expect(new Set(asked)).toEqual(new Set(['ANY', 'POST', 'GET', 'HEAD']));
    expect(new Set(open)).toEqual(new Set(['OPTIONS']));
    expect(open).toHaveLength(asked.filter((method) => method === 'ANY').length);
  });

  test('of a user pool, too', () => {
    const authorizer = new CognitoUserPoolsAuthorizer(stack, 'Pool', {
      cognitoUserPools: [new UserPool(stack, 'Users')],
    });
    new LambentApi(stack, 'Rest', {
      function: target,
      kind: 'rest-api',
      routes: 'one',
      api: { defaultMethodOptions: { authorizer } },
    });
    const types = propertiesOf(stack, 'AWS::ApiGateway::Method').map(
      ({ HttpMethod, AuthorizationType: type }) => `${HttpMethod} ${type}`,
    );
    expect(types.toSorted()).toEqual([
      'ANY COGNITO_USER_POOLS',
      'ANY COGNITO_USER_POOLS',
      'OPTIONS NONE',
      'OPTIONS NONE',
    ]);
  });
});

describe('a REST API', () => {
  test('leaves the settings of the account as they are, unless told otherwise', () => {
    new LambentApi(stack, 'Api', { function: target, kind: 'rest-api' });
    new LambentApi(stack, 'Logging', { function: target, kind: 'rest-api', api: { cloudWatchRole: true } });
    const accounts = Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Account'));
    expect(accounts).toEqual([expect.stringMatching(/^Logging/)]);
  });

  test("has the methods of the decorators, and for the rest ANY everywhere, so that no answer is the gateway's", () => {
    new LambentApi(stack, 'Api', { function: target, kind: 'rest-api' });
    expect(methodsByPath()).toEqual({
      '/': ['ANY'],
      // `/{slug}`, which can't stand beside it, is a part of it.
      '/{proxy+}': ['ANY'],
      '/orders': ['ANY', 'POST'],
      '/orders/{id}': ['ANY', 'GET'],
      '/orders/{id}/lines': ['ANY', 'HEAD'],
      '/orders/{id}/lines/{line}': ['ANY', 'HEAD'],
      '/orders/{id}/pages': ['ANY'],
      '/orders/{id}/pages/{path+}': ['ANY', 'GET'],
      '/proxy': ['ANY'],
    });
    expect(propertiesOf(stack, 'AWS::ApiGateway::RestApi')).toEqual([
      expect.objectContaining({ BinaryMediaTypes: ['*/*'], Name: 'Shop-Api' }),
    ]);
    expect(propertiesOf(stack, 'AWS::Lambda::Permission')).toHaveLength(1);
    expect(outputs()).toContainEqual(expect.stringMatching(/^ApiUrl/));
  });

  test('may have the one route for all', () => {
    new LambentApi(stack, 'Api', {
      function: target,
      kind: 'rest-api',
      routes: 'one',
      api: { binaryMediaTypes: ['image/png'] },
    });
    expect(methodsByPath()).toEqual({ '/': ['ANY'], '/{proxy+}': ['ANY'] });
    expect(propertiesOf(stack, 'AWS::ApiGateway::RestApi')[0]).toMatchObject({ BinaryMediaTypes: ['image/png'] });
  });
});

test('a Function URL is open unless it is not', () => {
  const { functionUrl, url } = new LambentApi(stack, 'Api', { function: target, kind: 'function-url' });
  expect(url).toBe(functionUrl!.url);
  expect(propertiesOf(stack, 'AWS::Lambda::Url')).toEqual([expect.objectContaining({ AuthType: 'NONE' })]);
});

test('a Function URL may ask for signatures and stream', () => {
  const api = { authType: FunctionUrlAuthType.AWS_IAM, invokeMode: InvokeMode.RESPONSE_STREAM };
  new LambentApi(stack, 'Api', { function: target, kind: 'function-url', api });
  expect(propertiesOf(stack, 'AWS::Lambda::Url')).toEqual([
    expect.objectContaining({ AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' }),
  ]);
});

test('another kind is refused', () => {
  const props = { function: target, kind: 'alb' } as unknown as LambentApiProps;
  expect(() => new LambentApi(stack, 'Api', props)).toThrow(
    'The kind of Shop/Api is "alb"; it takes http-api, rest-api or function-url.',
  );
});
