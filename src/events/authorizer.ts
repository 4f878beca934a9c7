import type {
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
} from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { ForbiddenException, UnauthorizedException } from '../errors/exceptions.js';
import { explain } from '../errors/explain.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { authorizerPolicy, hasPattern, thisRoute } from './authorizer-policy.js';
import { isAuthorizerEvent } from './http/is-authorizer-event.js';
import { soleResult } from './outcomes.js';
import { malformed } from './reading/malformed-event.js';

/** Lambda authorizers of REST, HTTP and WebSocket APIs, and of AppSync. */
export const authorizer: RecordAdapter<AuthorizerEvent> = {
  source: 'authorizer',
  batches: false,
  isRefusal,
  detect: detectAuthorizer,
  decode: (event) => [
    { raw: event, id: requestIdOf(event), attributes: {}, malformed: faultOf(event), content: () => event },
  ],
  encode: encodeAuthorizer,
};

/** What is asked for is named by text, or nothing can be allowed. */
function faultOf(event: AuthorizerEvent): Error | undefined {
  const { methodArn, routeArn } = event as unknown as PlainObject;
  if (methodArn !== undefined && !isName(methodArn)) return malformed('methodArn', methodArn, 'text');
  return routeArn !== undefined && !isName(routeArn) ? malformed('routeArn', routeArn, 'text') : undefined;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** A token authorizer is told nothing but the token. */
function requestIdOf(event: AuthorizerEvent): string {
  return asString(asJsonObject(asJsonObject(event)['requestContext'])['requestId']) ?? '';
}

/** A question that is answered with an IAM policy: of a REST API, a WebSocket API, or an HTTP API in format 1.0. */
type PolicyQuestion = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

/** A question that is answered with yes or no: of an HTTP API in format 2.0, or of AppSync. */
type SimpleQuestion = APIGatewayRequestAuthorizerEventV2 | AppSyncAuthorizerEvent;

/** What Lambda authorizers are asked. */
export type AuthorizerEvent = PolicyQuestion | SimpleQuestion;

function detectAuthorizer(event: unknown): event is AuthorizerEvent {
  if (!isJsonObject(event)) return false;
  if (event['type'] === 'REQUEST' && isAuthorizerEvent(event)) return true;
  return (
    typeof event['authorizationToken'] === 'string' &&
    (typeof event['methodArn'] === 'string' || isAppSync(event['requestContext']))
  );
}

function isPolicyQuestion(event: AuthorizerEvent): event is PolicyQuestion {
  return 'methodArn' in event && event.methodArn !== undefined;
}

/** AppSync has no field of its own; of API Gateway's questions none has a token without an ARN. */
function isAppSync(context: unknown): boolean {
  return isJsonObject(context) && typeof context['apiId'] === 'string';
}

/**
 * Makes a boolean the answer that the asking service wants, and hands over the objects that services understand.
 *
 * @throws Error "Unauthorized", by which API Gateway answers 401, for an UnauthorizedException where a policy is asked
 *   for.
 * @throws TypeError when the method says neither yes nor no: the request is refused with a 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
function encodeAuthorizer(
  [outcome]: readonly RecordOutcome[],
  _: readonly SourceRecord[],
  event: AuthorizerEvent,
): unknown {
  if (outcome?.failed) return refuse(outcome.error, event);
  const value = soleResult(outcome ? [outcome] : []);
  if (typeof value === 'boolean') return answer(value, event);
  if (isJsonObject(value) && (typeof value['isAuthorized'] === 'boolean' || isPolicy(value)))
    return withoutCallersPattern(value, event);
  const wanted = 'true, false or an object such as authorizerPolicy({ … }) or { isAuthorized: true }';
  throw new TypeError(`An authorizer answers with ${wanted}, not with ${describeValue(value)}`);
}

/** What is no policy to the service is one that nobody has thought through: it ends here, where the error says so. */
function isPolicy({ principalId, policyDocument }: Readonly<Record<string, unknown>>): boolean {
  if (typeof principalId !== 'string' || !isJsonObject(policyDocument)) return false;
  const statements = [policyDocument['Statement']].flat();
  return (
    statements.length > 0 && statements.every((statement) => isJsonObject(statement) && isEffect(statement['Effect']))
  );
}

/**
 * A policy is taken as it is, unless it allows what begins as the very path that the caller asked for, up to where that
 * is a pattern: of `GET /users/*` it would allow every user, and API Gateway would keep to it for minutes.
 *
 * @throws TypeError for one that does.
 */
function withoutCallersPattern<T extends Readonly<Record<string, unknown>>>(policy: T, event: AuthorizerEvent): T {
  const pattern = patternIn(pathOf(askedFor(event)));
  if (pattern === undefined) return policy;
  const { Statement } = (policy['policyDocument'] ?? {}) as { Statement?: unknown };
  const allowed = [Statement].flat().filter((statement) => isJsonObject(statement) && statement['Effect'] === 'Allow');
  const resources = allowed.flatMap((statement) => (statement as { Resource?: unknown }).Resource);
  if (!resources.some((resource) => typeof resource === 'string' && pathOf(resource).startsWith(pattern)))
    return policy;
  throw new TypeError(
    'The policy allows the path that the caller asked for, in which * or ? would be a pattern. Name thisRoute(event.methodArn), allowedRoutes(…) or allRoutes(…)',
  );
}

/** The ARN of what a caller asks for; AppSync has none. HTTP APIs may want a policy in format 2.0, too. */
function askedFor(event: AuthorizerEvent): string {
  const { methodArn, routeArn } = event as { methodArn?: string; routeArn?: string };
  return methodArn ?? routeArn ?? '';
}

/** The beginning of a path up to its first segment that is a pattern; `undefined` where none is. */
function patternIn(path: string): string | undefined {
  const segments = path.split('/');
  const first = segments.findIndex(hasPattern);
  return first === -1 ? undefined : segments.slice(0, first + 1).join('/');
}

/** What an ARN has behind API, stage and method. */
function pathOf(arn: string): string {
  return arn.split('/').slice(3).join('/');
}

function isEffect(effect: unknown): boolean {
  return effect === 'Allow' || effect === 'Deny';
}

/**
 * Yes to one request. Where its path has a pattern's characters it is no: no policy can be trusted to name that path
 * alone.
 */
function answer(allowed: boolean, event: AuthorizerEvent): unknown {
  if (!isPolicyQuestion(event)) return { isAuthorized: allowed };
  const effect = allowed && !hasPattern(event.methodArn) ? 'Allow' : 'Deny';
  return authorizerPolicy({ principalId: 'user', effect, resources: thisRoute(event.methodArn) });
}

/** What makes an authorizer's no; anything else that is thrown says that it could not decide. */
export function isRefusal(error: unknown): boolean {
  return error instanceof UnauthorizedException || error instanceof ForbiddenException;
}

function refuse(error: unknown, event: AuthorizerEvent): unknown {
  if (!isRefusal(error)) throw explain(error);
  if (error instanceof ForbiddenException || !isPolicyQuestion(event)) return answer(false, event);
  // API Gateway compares the message, and nothing else.
  throw new Error('Unauthorized', { cause: error });
}
