/** The caller, as a verified token, an API key or a gateway's authorizer names them. */
export interface CallerIdentity {
  /**
   * The `sub` of a token or of a load balancer's user, the name of an API key, the principal of a Lambda authorizer, or
   * the ARN of an IAM identity; for users of a Cognito identity pool, the id of their identity.
   */
  readonly id: string;
  /** The way in which the caller was authenticated; another text if a guard of your own did it. */
  readonly method: 'jwt' | 'cognito' | 'lambda' | 'iam' | 'alb' | 'api-key' | (string & {});
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /**
   * The claims of a token or of a load balancer's user, the context of a Lambda authorizer, or the IAM identity; empty
   * for an API key. A gateway turns the values of claims into text.
   */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The type of `request.user`. Add members of your own by declaration merging, and fill them with the option `user`:
 * `declare module 'lambent/auth' { interface RequestUser { readonly tenant: string } }`.
 */
export interface RequestUser extends CallerIdentity {}
