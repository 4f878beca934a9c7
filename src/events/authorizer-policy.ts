import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { anObject, checkCallOptions, either, listOf, oneOf, type Rules, text } from '../errors/check-options.js';

type AuthorizerContext = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What {@link authorizerPolicy} takes. */
export interface AuthorizerPolicyOptions {
  /** Who is calling: `requestContext.authorizer.principalId` of the request. */
  principalId: string;
  /** `Allow` unless given. */
  effect?: 'Allow' | 'Deny';
  /**
   * ARNs of methods, with `*` where anything may stand: what {@link allRoutes}, {@link allowedRoutes} or
   * {@link thisRoute} makes of `event.methodArn`. As it is that may be a pattern: its path is the caller's.
   */
  resources: string | readonly string[];
  /** Goes into `requestContext.authorizer` of the request. */
  context?: AuthorizerContext;
  /** The key of a usage plan, where the API takes it from its authorizer. */
  usageIdentifierKey?: string;
}

const RULES: Rules<AuthorizerPolicyOptions> = {
  principalId: text,
  effect: { ...oneOf('Allow', 'Deny'), refusesUndefined: true },
  resources: either(text, listOf(text)),
  context: anObject,
  usageIdentifierKey: text,
};

/**
 * The answer of a Lambda authorizer as an IAM policy.
 *
 * @throws TypeError for an unknown option or a wrong value, when there is no resource, or when a member of the context
 *   is an object: API Gateway would answer every request with 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function authorizerPolicy(options: AuthorizerPolicyOptions): APIGatewayAuthorizerResult {
  checkCallOptions(options, RULES, 'the options of authorizerPolicy');
  const { principalId, effect = 'Allow', context, usageIdentifierKey } = options;
  for (const name of ['principalId', 'resources'] as const) {
    if (options[name] === undefined)
      throw new TypeError(`authorizerPolicy: ${name} is undefined; it takes ${RULES[name].expected}`);
  }
  const resources = [options.resources].flat().map((resource) => resource.replaceAll(OPENED, '{'));
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

/**
 * The routes of the stage that a caller may use, whichever of them was asked for: what a cached policy has to name.
 *
 * @param arn `event.methodArn`, or `event.routeArn` of an HTTP API.
 * @param routes As in `GET /orders/{id}` or `* /reports/*`; `{id}` and `*` are anything, slashes included. Put what comes from
 *   outside, such as a claim, through {@link policyText}.
 * @throws TypeError for a route that has another form.
 */
export function allowedRoutes(arn: string, ...routes: readonly string[]): string[] {
  const [api, stage] = arn.split('/');
  return routes.map((route) => {
    const [, method, path] = ROUTE.exec(route) ?? [];
    if (method === undefined || path === undefined)
      throw new TypeError(
        `allowedRoutes: ${JSON.stringify(route)} is no route; write a method and a path, as in 'GET /orders/{id}'`,
      );
    return `${api}/${stage ?? '*'}/${method === 'ANY' ? '*' : method}${path.replaceAll(PARAMETER, (found) => (found === OPENED ? '{' : '*'))}`;
  });
}

const ROUTE = /^(\*|[A-Z]+) (\/\S*)$/;
/**
 * What {@link policyText} makes of a brace, so that a claim `{x}` is no parameter: policies have no word of their own
 * for it.
 */
const OPENED = '${{}';
const PARAMETER = /\$\{\{\}|(?<!\$)\{[^{}/]+\}/g;

/** The one route that an ARN names, whatever the characters of its path: none of them is a pattern. */
export function thisRoute(arn: string): string {
  const [api, ...rest] = arn.split('/');
  return [api, ...rest.map(literally)].join('/');
}

/**
 * Text in which `*`, `?`, `${` and `{` stand for themselves, for a place in a route of {@link allowedRoutes} or in a
 * resource of {@link authorizerPolicy}.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function policyText(literal: string): string {
  return literal.replaceAll(/\$(?=\{)|[*?{]/g, '${$&}');
}

function literally(place: string): string {
  return place.replaceAll(/\$(?=\{)|[*?]/g, '${$&}');
}

/** Whether an ARN or a path has characters that a policy takes for a pattern; of a question's a caller chose them. */
export function hasPattern(place: string): boolean {
  return literally(place) !== place;
}

function checkedContext(context: AuthorizerContext): AuthorizerContext {
  for (const [name, value] of Object.entries(context)) {
    if (typeof value !== 'object' || value === null) continue;
    throw new TypeError(
      `authorizerPolicy: context.${name} is an object; API Gateway takes strings, numbers and booleans. Put it through JSON.stringify`,
    );
  }
  return context;
}
