import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { LambdaIntegration, RequestAuthorizer, RestApi, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { warnOfAuthorizerCache } from '../../src/cdk/warn-of-authorizer-cache.js';
import { newStack, plainFunction } from './shop.js';

let stack: Stack;
let target: Function;

beforeEach(() => {
  stack = newStack();
  target = plainFunction(stack);
});

const other = () =>
  new Function(stack, 'Other', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => 1;'),
  });

function restApi(authorizer: TokenAuthorizer | RequestAuthorizer): void {
  new RestApi(stack, 'Rest').root.addMethod('GET', new LambdaIntegration(target), { authorizer });
}

function httpApi(resultsCacheTtl?: Duration): void {
  const authorizer = new HttpLambdaAuthorizer('Asking', target, { ...(resultsCacheTtl && { resultsCacheTtl }) });
  new HttpApi(stack, 'Http', { defaultAuthorizer: authorizer }).addRoutes({
    path: '/',
    integration: new HttpLambdaIntegration('All', target),
  });
}

function told(returns: string | undefined, source = 'authorizer') {
  warnOfAuthorizerCache(target, [{ source, criteria: {}, handler: 'Doors.open', returns }]);
  const annotations = Annotations.fromStack(stack);
  const any = Match.stringLikeRegexp('Doors\\.open');
  return { warnings: annotations.findWarning('*', any).length, infos: annotations.findInfo('*', any).length };
}

const APIS: [string, () => void][] = [
  ['a REST API, by token', () => restApi(new TokenAuthorizer(stack, 'Asking', { handler: target }))],
  [
    'a REST API, by request',
    () =>
      restApi(
        new RequestAuthorizer(stack, 'Asking', {
          handler: target,
          identitySources: ['method.request.header.a'],
          resultsCacheTtl: Duration.minutes(1),
        }),
      ),
  ],
  ['an HTTP API', () => httpApi()],
];

describe.each(APIS)('an authorizer of %s whose answers are kept', (_, build) => {
  test.each([
    ['Boolean', { warnings: 1, infos: 0 }],
    ['Promise', { warnings: 0, infos: 1 }],
    [undefined, { warnings: 0, infos: 1 }],
    ['Object', { warnings: 0, infos: 0 }],
  ])('is told of where its method returns %s', (returns, expected) => {
    build();
    expect(told(returns)).toEqual(expected);
  });
});

test.each<[string, () => void]>([
  [
    'keeps nothing',
    () => restApi(new TokenAuthorizer(stack, 'Asking', { handler: target, resultsCacheTtl: Duration.seconds(0) })),
  ],
  ['keeps nothing of an HTTP API', () => httpApi(Duration.seconds(0))],
  ['asks another function', () => restApi(new TokenAuthorizer(stack, 'Asking', { handler: other() }))],
])('an authorizer is fine that %s', (_, build) => {
  build();
  expect(told('Boolean')).toEqual({ warnings: 0, infos: 0 });
});

test('nothing is said of an application that authorizes nobody', () => {
  APIS[0]![1]();
  expect(told('Boolean', 'sqs')).toEqual({ warnings: 0, infos: 0 });
});
