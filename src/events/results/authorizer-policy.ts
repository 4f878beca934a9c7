import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import {
  anObject,
  checkCallOptions,
  either,
  listOf,
  oneOf,
  type OptionRules,
  text,
} from '../../errors/check-options.js';

type AuthorizerContext = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Options of {@link authorizerPolicy}. */
export interface AuthorizerPolicyOptions {
  /** The caller, passed to the request as `requestContext.authorizer.principalId`. */
  principalId: string;
  /** Default: `Allow`. */
  effect?: 'Allow' | 'Deny';
  /**
   * ARNs of methods, with `*` for anything. Build them from `event.methodArn` with {@link allRoutes},
   * {@link allowedRoutes} or {@link thisRoute}: the ARN itself ends with the caller's path, which may be a pattern.
   */
  resources: string | readonly string[];
  /** Passed to the request in `requestContext.authorizer`. */
  context?: AuthorizerContext;
  /** The API key of a usage plan, if the API reads it from its authorizer. */
  usageIdentifierKey?: string;
}

const RULES: OptionRules<AuthorizerPolicyOptions> = {
  principalId: text,
  effect: { ...oneOf('Allow', 'Deny'), refusesUndefined: true },
  resources: either(text, listOf(text)),
  context: anObject,
  usageIdentifierKey: text,
};

/**
 * Returns the IAM policy that a Lambda authorizer responds with.
 *
 * @throws TypeError for an unknown option or a wrong value, if there is no resource, or if a member of the context is
 *   an object: API Gateway would respond with 500 to every request.
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
 * Returns the ARN of every method and path of a stage. API Gateway caches a policy by the caller's token, so a policy
 * for a single method denies the caller all the others until the cache expires.
 *
 * @param arn `event.methodArn`, or `event.routeArn` of an HTTP API.
 */
export function allRoutes(arn: string): string {
  const [api, stage] = arn.split('/');
  return `${api}/${stage ?? '*'}/*`;
}

/**
 * Returns the ARNs of the routes that a caller may use, whichever one was requested, as a cached policy needs them.
 *
 * @param arn `event.methodArn`, or `event.routeArn` of an HTTP API.
 * @param routes As in `GET /orders/{id}` or `* /reports/*`. `{id}` and `*` match anything, including slashes. Escape
 *   outside input, such as a claim, with {@link policyText}.
 * @throws TypeError for a route in another format.
 */
export function allowedRoutes(arn: string, ...routes: readonly string[]): string[] {
  const [api, stage] = arn.split('/');
  return routes.map((route) => {
    const [, method, path] = ROUTE.exec(route) ?? [];
    if (method === undefined || path === undefined)
      throw new TypeError(
        `allowedRoutes: ${JSON.stringify(route)} is not a route; write a method and a path, as in 'GET /orders/{id}'`,
      );
    const pattern = path.replaceAll(PARAMETER, (found) => (found === OPENED ? '{' : '*'));
    return `${api}/${stage ?? '*'}/${method === 'ANY' ? '*' : method}${pattern}`;
  });
}

const ROUTE = /^(\*|[A-Z]+) (\/\S*)$/;
/** A brace escaped by {@link policyText}, so that a claim `{x}` is not a parameter. Policies have no escape for it. */
const OPENED = '${{}';
const PARAMETER = /\$\{\{\}|(?<!\$)\{[^{}/]+\}/g;

/** Returns the ARN of exactly the requested route, with `*`, `?` and `${` in its path escaped. */
export function thisRoute(arn: string): string {
  const [api, ...rest] = arn.split('/');
  return [api, ...rest.map(escaped)].join('/');
}

/**
 * Escapes `*`, `?`, `${` and `{`, for text inside a route of {@link allowedRoutes} or a resource of
 * {@link authorizerPolicy}.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function policyText(literal: string): string {
  return literal.replaceAll(/\$(?=\{)|[*?{]/g, '${$&}');
}

function escaped(input: string): string {
  return input.replaceAll(/\$(?=\{)|[*?]/g, '${$&}');
}

/** Whether an ARN or a path contains characters that a policy reads as a pattern. A caller may have put them there. */
export function hasPattern(input: string): boolean {
  return escaped(input) !== input;
}

function checkedContext(context: AuthorizerContext): AuthorizerContext {
  for (const [name, value] of Object.entries(context)) {
    if (typeof value !== 'object' || value === null) continue;
    throw new TypeError(
      `authorizerPolicy: context.${name} is an object, but API Gateway accepts only strings, numbers and booleans. ` +
        'Pass it through JSON.stringify',
    );
  }
  return context;
}
