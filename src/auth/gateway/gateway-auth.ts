import { UnauthorizedException } from '../../errors/exceptions.js';
import { withoutStack } from '../../errors/http-exception.js';
import type { RequestUser } from '../../http/request/request-user.js';
import type { Request } from '../../http/request/request.js';
import { brand } from '../../shared/brand.js';
import { commaSeparated } from '../../shared/comma-separated.js';
import type { MaybePromise } from '../../shared/types.js';
import type { Authenticator } from '../authenticators.js';
import { type ClaimOptions, type Claims, grantsOf, listed, type NamesFrom, type ReadList, words } from '../claims.js';
import { type UserMapping, userOf } from '../user-option.js';
import { type GatewayAuthorizer, gatewayIdentity, type GatewayIdentity, nameOfIam } from './gateway-identity.js';

/** Options of `GatewayAuthModule`, except `user`. */
export interface GatewayAuthOptions extends ClaimOptions {
  /** The kinds of authorizers that the API has. Other kinds are ignored. */
  readonly authorizers: readonly GatewayAuthorizer[];
  /** The member of a Lambda authorizer's context that names the caller. Default: `principalId`, then `sub`. */
  readonly id?: string;
}

/** Reads who calls from the event of a gateway. `GatewayAuthModule` provides it, for the guards. */
export class GatewayAuth implements Authenticator {
  constructor(private readonly options: GatewayAuthOptions & UserMapping) {}

  authenticate(request: Request): MaybePromise<RequestUser | undefined> {
    const { options } = this;
    const identity = gatewayIdentity(request, options.authorizers);
    if (!identity) return undefined;
    const { method, claims } = identity;
    const grants = method === 'iam' ? grantsOfIam(claims, options) : grantsOf(claims, options, LIST_READERS[method]);
    return userOf({ id: idOf(identity, options.id), method, ...grants, claims }, options.user);
  }
}
brand(GatewayAuth, 'GatewayAuth');

/** Members of an IAM identity are no claims: only a function can say what they grant. */
function grantsOfIam(claims: Claims, { roles, scopes }: ClaimOptions): ReturnType<typeof grantsOf> {
  return grantsOf(claims, { roles: functionOrNone(roles), scopes: functionOrNone(scopes) });
}

function functionOrNone(from: NamesFrom | undefined): NamesFrom {
  return typeof from === 'function' ? from : () => [];
}

/** @throws UnauthorizedException if the authorizer names nobody, as one that lets everyone pass. */
function idOf({ method, claims }: GatewayIdentity, member: string | undefined): string {
  const names = method === 'lambda' ? (member ? [member] : ['principalId', 'sub']) : ['sub'];
  const found = method === 'iam' ? [nameOfIam(claims)] : names.map((name) => own(claims, name));
  const id = found.find((one) => typeof one === 'string' && one !== '');
  if (typeof id === 'string') return id;
  const errorDetail =
    method === 'iam'
      ? 'The IAM identity names no caller: all users of an identity pool have this ARN.'
      : `The ${method} authorizer names no caller: ${names.join(' and ')} are missing. Return one of them, or set ` +
        'the option id of GatewayAuthModule.';
  throw withoutStack(() => new UnauthorizedException('Authentication is required', { errorDetail }));
}

function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/**
 * Readers of lists, which gateways turn into text: `[a b]` from the JWT authorizer of an HTTP API, `a,b` from the
 * Cognito authorizer of a REST API. The context of a Lambda authorizer is what its author wrote.
 */
const LIST_READERS: Readonly<Record<'jwt' | 'cognito' | 'lambda', ReadList>> = {
  jwt: splitting((text) => (text.startsWith('[') && text.endsWith(']') ? words(text.slice(1, -1)) : [text])),
  cognito: splitting(commaSeparated),
  lambda: splitting(commaSeparated),
};

/** The items of a list that is one are whole. */
function splitting(split: (text: string) => readonly string[]): ReadList {
  return (value) => (typeof value === 'string' ? split(value) : listed(value));
}
