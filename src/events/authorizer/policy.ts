import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { checkCallOptions, either, listOf, oneOf, record, type Rules, text } from '../../errors/option-rules.js';

type AuthorizerContext = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What {@link authorizerPolicy} takes. */
export interface AuthorizerPolicyOptions {
  /** Who is calling: `requestContext.authorizer.principalId` of the request. */
  principalId: string;
  /** `Allow` unless given. */
  effect?: 'Allow' | 'Deny';
  /** ARNs of methods, with `*` where anything may stand: `event.methodArn`, or what {@link allRoutes} makes of it. */
  resources: string | readonly string[];
  /** Goes into `requestContext.authorizer` of the request. */
  context?: AuthorizerContext;
  /** The key of a usage plan, where the API takes it from its authorizer. */
  usageIdentifierKey?: string;
}

const RULES: Rules<AuthorizerPolicyOptions> = {
  principalId: text,
  effect: oneOf('Allow', 'Deny'),
  resources: either(text, listOf(text)),
  context: record,
  usageIdentifierKey: text,
};

/**
 * The answer of a Lambda authorizer as an IAM policy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * @throws TypeError for an unknown option or a wrong value, when there is no resource, or when a member of the context is an object: API Gateway would
 * answer every request with 500.
 */
export function authorizerPolicy(options: AuthorizerPolicyOptions): APIGatewayAuthorizerResult {
  checkCallOptions(options, RULES, 'the options of authorizerPolicy');
  const { principalId, effect = 'Allow', context, usageIdentifierKey } = options;
  const resources = [options.resources].flat();
  if (resources.length === 0) throw new TypeError('authorizerPolicy: resources is empty; name at least one ARN');
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resources }],
    },
    ...(context && { context: checkedContext(context) }),
    ...(usageIdentifierKey !== undefined && { usageIdentifierKey }),
  };
}

/**
 * Every method and path of the stage that an ARN belongs to. API Gateway caches a policy by the caller's token:
 * one that allows a single method refuses the caller all the others until the cache expires.
 *
 * @param arn `event.methodArn`, or `event.routeArn` of an HTTP API.
 */
export function allRoutes(arn: string): string {
  const [api, stage] = arn.split('/');
  return `${api}/${stage ?? '*'}/*`;
}

function checkedContext(context: AuthorizerContext): AuthorizerContext {
  for (const [name, value] of Object.entries(context)) {
    if (typeof value !== 'object' || value === null) continue;
    throw new TypeError(`authorizerPolicy: context.${name} is an object; API Gateway takes strings, numbers and booleans. Put it through JSON.stringify`);
  }
  return context;
}
