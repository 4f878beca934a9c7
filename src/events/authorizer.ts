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
import { isAuthorizerEvent } from './http/event-shapes.js';
import { malformed } from './reading/malformed-event.js';
import { authorizerPolicy, hasPattern, thisRoute } from './results/authorizer-policy.js';
import { soleResult } from './results/batch-item-failures.js';

/** Lambda authorizers of REST, HTTP and WebSocket APIs, and of AppSync. */
export const authorizer: RecordAdapter<AuthorizerEvent> = {
  source: 'authorizer',
  batches: false,
  awaited: true,
  isRefusal,
  detect: detectAuthorizer,
  decode: decodeAuthorizer,
  encode: encodeAuthorizer,
};

/** An event that expects an IAM policy: of a REST API, a WebSocket API, or an HTTP API in format 1.0. */
type PolicyEvent = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

/** An event that expects yes or no: of an HTTP API in format 2.0, or of AppSync. */
type SimpleEvent = APIGatewayRequestAuthorizerEventV2 | AppSyncAuthorizerEvent;

/** The event of a Lambda authorizer. */
export type AuthorizerEvent = PolicyEvent | SimpleEvent;

function detectAuthorizer(event: unknown): event is AuthorizerEvent {
  if (!isJsonObject(event)) return false;
  if (event['type'] === 'REQUEST' && isAuthorizerEvent(event)) return true;
  return (
    typeof event['authorizationToken'] === 'string' &&
    (typeof event['methodArn'] === 'string' || isAppSync(event['requestContext']))
  );
}

/** AppSync has no member of its own, but API Gateway never sends a token without an ARN. */
function isAppSync(context: unknown): boolean {
  return isJsonObject(context) && typeof context['apiId'] === 'string';
}

function decodeAuthorizer(event: AuthorizerEvent): SourceRecord[] {
  const { requestContext } = event as unknown as PlainObject;
  // The event of a token authorizer holds nothing but the token, so it has no id.
  const id = asString(asJsonObject(requestContext)['requestId']) ?? '';
  return [{ raw: event, id, attributes: {}, malformed: faultOf(event), content: () => event }];
}

/** Without the ARN as text, there is nothing that could be allowed. */
function faultOf(event: AuthorizerEvent): Error | undefined {
  const { methodArn, routeArn } = event as unknown as PlainObject;
  if (methodArn !== undefined && !isArn(methodArn)) return malformed('methodArn', methodArn, 'text');
  return routeArn !== undefined && !isArn(routeArn) ? malformed('routeArn', routeArn, 'text') : undefined;
}

function isArn(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/**
 * Converts a boolean to the result that the service expects, and passes on the objects that services understand.
 *
 * @throws Error "Unauthorized", for which API Gateway responds with 401, for an UnauthorizedException if the service
 *   expects a policy.
 * @throws TypeError if the method returns neither yes nor no: the request is refused with a 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
function encodeAuthorizer(
  [outcome]: readonly RecordOutcome[],
  _: readonly SourceRecord[],
  event: AuthorizerEvent,
): unknown {
  if (outcome?.failed) return refuse(outcome.error, event);
  const value = soleResult(outcome ? [outcome] : []);
  if (typeof value === 'boolean') return decision(value, event);
  if (isJsonObject(value) && (typeof value['isAuthorized'] === 'boolean' || isPolicy(value)))
    return withoutCallersPattern(value, event);
  const wanted = 'true, false or an object such as authorizerPolicy({ … }) or { isAuthorized: true }';
  throw new TypeError(`An authorizer must return ${wanted}, not ${describeValue(value)}`);
}

/** Whether an error means "no". Any other error means that the authorizer could not decide. */
export function isRefusal(error: unknown): boolean {
  return error instanceof UnauthorizedException || error instanceof ForbiddenException;
}

function refuse(error: unknown, event: AuthorizerEvent): unknown {
  if (!isRefusal(error)) throw explain(error);
  if (error instanceof ForbiddenException || !isPolicyEvent(event)) return decision(false, event);
  // API Gateway compares the message and nothing else.
  throw new Error('Unauthorized', { cause: error });
}

/**
 * Allows or denies one request. A path with the characters of a pattern is always denied, because no policy could name
 * that path alone.
 */
function decision(allowed: boolean, event: AuthorizerEvent): unknown {
  if (!isPolicyEvent(event)) return { isAuthorized: allowed };
  const effect = allowed && !hasPattern(event.methodArn) ? 'Allow' : 'Deny';
  return authorizerPolicy({ principalId: 'user', effect, resources: thisRoute(event.methodArn) });
}

function isPolicyEvent(event: AuthorizerEvent): event is PolicyEvent {
  return 'methodArn' in event && event.methodArn !== undefined;
}

/** Checks what the service would check, so that the error names the problem here. */
function isPolicy({ principalId, policyDocument }: PlainObject): boolean {
  if (typeof principalId !== 'string' || !isJsonObject(policyDocument)) return false;
  const statements = [policyDocument['Statement']].flat();
  return statements.length > 0 && statements.every((each) => isJsonObject(each) && isEffect(each['Effect']));
}

function isEffect(effect: unknown): boolean {
  return effect === 'Allow' || effect === 'Deny';
}

/**
 * Returns the policy as it is, unless it allows resources that begin with the caller's own path up to a pattern in it.
 * For a request of `GET /users/*`, such a policy would allow every user, and API Gateway would cache it for minutes.
 *
 * @throws TypeError for such a policy.
 */
function withoutCallersPattern<T extends PlainObject>(policy: T, event: AuthorizerEvent): T {
  const pattern = patternIn(pathOf(requestedArn(event)));
  if (pattern === undefined) return policy;
  const { Statement } = (policy['policyDocument'] ?? {}) as { Statement?: unknown };
  const allowed = [Statement].flat().filter((statement) => isJsonObject(statement) && statement['Effect'] === 'Allow');
  const resources = allowed.flatMap((statement) => (statement as { Resource?: unknown }).Resource);
  if (!resources.some((resource) => typeof resource === 'string' && pathOf(resource).startsWith(pattern)))
    return policy;
  throw new TypeError(
    'The policy allows the path that the caller requested, but its * or ? would act as a wildcard. ' +
      'Use thisRoute(event.methodArn), allowedRoutes(…) or allRoutes(…)',
  );
}

/** The requested ARN; AppSync has none. HTTP APIs may expect a policy in format 2.0, too, so both names count. */
function requestedArn(event: AuthorizerEvent): string {
  const { methodArn, routeArn } = event as { methodArn?: string; routeArn?: string };
  return methodArn ?? routeArn ?? '';
}

/** The beginning of a path up to its first segment with a pattern; `undefined` if no segment has one. */
function patternIn(path: string): string | undefined {
  const segments = path.split('/');
  const first = segments.findIndex(hasPattern);
  return first === -1 ? undefined : segments.slice(0, first + 1).join('/');
}

/** The part of an ARN after API, stage and method. */
function pathOf(arn: string): string {
  return arn.split('/').slice(3).join('/');
}
