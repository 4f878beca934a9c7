import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import { apiGatewayV1 } from '../../events/api-gateway-v1.js';
import { apiGatewayV2 } from '../../events/api-gateway-v2.js';
import { functionUrl } from '../../events/function-url.js';
import type { Request } from '../../http/request/request.js';
import { asJsonObject, isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

/** Asked by a gateway before it calls the function. */
export const AUTHORIZERS = ['jwt', 'cognito', 'lambda', 'iam'] as const;
/** A kind of authorizer. */
export type GatewayAuthorizer = (typeof AUTHORIZERS)[number];

/** The caller's identity, as an authorizer states it. */
export interface GatewayIdentity {
  readonly method: GatewayAuthorizer;
  readonly claims: PlainObject;
}

/**
 * Returns what the authorizer of an API Gateway API says about the caller, or IAM of an API or a function URL.
 *
 * Only the event of a gateway is believed, and in it only the member that the kind of authorizer has there. A request
 * in a message is not: whoever sent the message wrote it. Load balancers and VPC Lattice have no authorizers, and
 * callers can write whatever else is in their events.
 */
export function gatewayIdentity(
  request: Request,
  authorizers: readonly GatewayAuthorizer[],
): GatewayIdentity | undefined {
  if (request.via !== undefined) return undefined;
  const { event } = request;
  const said = saidIn(event);
  const method = authorizers.find((one) => said[one] !== undefined);
  return method && { method, claims: said[method] as PlainObject };
}

/** The statement of each kind of authorizer, if it made one. */
type Said = Partial<Record<GatewayAuthorizer, PlainObject | undefined>>;

function saidIn(event: unknown): Said {
  if (apiGatewayV2.detect(event)) return ofPayload2(event);
  if (functionUrl.detect(event)) return { iam: iamCaller(authorizerOf(event)['iam']) };
  return apiGatewayV1.detect(event) ? ofPayload1(event) : {};
}

/** HTTP APIs with payload 2.0: each kind has a member of its own. */
function ofPayload2(event: APIGatewayProxyEventV2): Said {
  const { jwt, lambda, iam } = authorizerOf(event);
  return { jwt: objectIn(asJsonObject(jwt)['claims']), lambda: contextIn(lambda), iam: iamCaller(iam) };
}

/**
 * REST APIs, and HTTP APIs with payload 1.0: the members of a Lambda authorizer's context stand where others have
 * `claims`. So an authorizer's context that contains `claims` is not taken for that of another kind.
 */
function ofPayload1(event: APIGatewayProxyEvent & { readonly version?: unknown }): Said {
  const authorizer = authorizerOf(event);
  const claims = isClaims(authorizer) ? objectIn(authorizer['claims']) : undefined;
  return {
    [event.version === '1.0' ? 'jwt' : 'cognito']: claims,
    lambda: claims ? undefined : contextIn(authorizer),
    iam: iamCaller(event.requestContext?.identity),
  };
}

function isClaims(authorizer: PlainObject): boolean {
  return Object.keys(authorizer).every((name) => name === 'claims' || name === 'scopes');
}

function authorizerOf(event: object): PlainObject {
  const { requestContext } = event as { readonly requestContext?: unknown };
  return asJsonObject(asJsonObject(requestContext)['authorizer']);
}

/** An authorizer without anything to say leaves its context out, `null` or empty. */
function contextIn(value: unknown): PlainObject | undefined {
  return Object.keys(asJsonObject(value)).length === 0 ? undefined : objectIn(value);
}

function objectIn(value: unknown): PlainObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** REST APIs send an identity without IAM, too, which has no ARN. Guests of an identity pool are everyone. */
function iamCaller(value: unknown): PlainObject | undefined {
  const identity = asJsonObject(value);
  if (typeof identity['userArn'] !== 'string' || identity['userArn'] === '') return undefined;
  const { amr } = asJsonObject(identity['cognitoIdentity']);
  const isGuest =
    identity['cognitoAuthenticationType'] === 'unauthenticated' ||
    (Array.isArray(amr) && amr.includes('unauthenticated'));
  return isGuest ? undefined : identity;
}

/** The name of every session that an identity pool begins for its users and guests. */
const POOL_SESSION = /\/CognitoIdentityCredentials$/;

/**
 * Returns what names an IAM caller: the ARN, and for a user of an identity pool the id of that identity, because all
 * users of a pool have the ARN of one session. A function URL reports no identity: then nothing names the user.
 */
export function nameOfIam(identity: PlainObject): unknown {
  const { userArn, cognitoIdentity, cognitoIdentityId } = identity;
  if (isJsonObject(cognitoIdentity)) return cognitoIdentity['identityId'];
  return cognitoIdentityId ?? (POOL_SESSION.test(String(userArn)) ? undefined : userArn);
}
