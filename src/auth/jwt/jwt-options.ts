import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  aList,
  anObject,
  callable,
  checkOptions,
  either,
  listOf,
  numberFrom,
  oneOf,
  type OptionRules,
  text,
  wholeNumber,
} from '../../errors/check-options.js';
import { InjectionToken } from '../../shared/token.js';
import type { ClaimOptions } from '../claims.js';
import type { UserMapping, UserOption } from '../user-option.js';

/** A JSON Web Key Set, RFC 7517. */
export interface KeySet {
  readonly keys: readonly { readonly kty: string; readonly kid?: string; readonly [member: string]: unknown }[];
}

/** An issuer of tokens. */
export interface IssuerOptions {
  /** The exact `iss` of its tokens, usually a URL. */
  readonly issuer: string;
  /** The values of `aud` that mean this API; a token needs one of them. */
  readonly audience: string | readonly string[];
  /** The `https` URL of its key set. Default: `/.well-known/jwks.json` below the issuer. */
  readonly jwksUri?: string;
  /** Its key set, which is then never fetched: for a function without access to the issuer. */
  readonly jwks?: KeySet;
}

/** A user pool of Amazon Cognito. */
export interface CognitoOptions {
  /** As in `eu-central-1_a1b2c3d4e`. */
  readonly userPoolId: string;
  /** The app clients whose tokens are accepted. */
  readonly clientId: string | readonly string[];
  /** The tokens that are accepted. Default: `access`. */
  readonly tokenUse?: 'access' | 'id';
  /** Its key set, which is then never fetched. */
  readonly jwks?: KeySet;
}

export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;
/** An algorithm that signs with a private key, and verifies with a public one. RFC 7518, RFC 8037. */
export type SignatureAlgorithm = (typeof ALGORITHMS)[number];

/** Options of `JwtModule`, except `user`. */
export interface TokenOptions extends Partial<IssuerOptions>, ClaimOptions {
  /** One user pool or several, instead of `issuer`. */
  readonly cognito?: CognitoOptions | readonly CognitoOptions[];
  /** Several issuers, instead of `issuer`. */
  readonly issuers?: readonly IssuerOptions[];
  /** The signature algorithms that are accepted. Default: all with a public key that aws-jwt-verify knows. */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** The seconds by which the clocks of issuer and function may differ, 5 by default. */
  readonly clockTolerance?: number;
  /** The seconds after which keys are fetched again, 3600 by default. A withdrawn key is accepted for as long. */
  readonly keysMaxAge?: number;
  /** Fetches a key set, as through a proxy. Default: Node's `https`, with a limit of 3 s and one retry. */
  readonly fetchKeys?: (url: string) => Promise<KeySet>;
}

/** The options that say which tokens are accepted, checked and with defaults. */
export interface JwtParts extends Required<Pick<TokenOptions, 'algorithms' | 'clockTolerance' | 'keysMaxAge'>> {
  readonly issuers: readonly IssuerOptions[];
  readonly pools: readonly CognitoOptions[];
}

/** Options of `JwtModule.forRoot`. */
export type JwtModuleOptions = TokenOptions & UserOption;

const aName = either(text, listOf(text));
const ISSUER_RULES: OptionRules<IssuerOptions> = { issuer: text, audience: aName, jwksUri: text, jwks: anObject };
const COGNITO_RULES: OptionRules<CognitoOptions> = {
  userPoolId: text,
  clientId: aName,
  tokenUse: oneOf('access', 'id'),
  jwks: anObject,
};
const RULES: OptionRules<TokenOptions & UserMapping> = {
  ...ISSUER_RULES,
  cognito: either(anObject, aList),
  issuers: listOf(anObject),
  algorithms: {
    expected: `a list of ${ALGORITHMS.join(', ')}`,
    accepts: (value) => listOf(oneOf(...ALGORITHMS)).accepts(value) && (value as unknown[]).length > 0,
  },
  clockTolerance: wholeNumber(0, 300),
  keysMaxAge: numberFrom(10, 'a number of seconds'),
  fetchKeys: callable,
  roles: either(text, callable),
  scopes: either(text, callable),
  user: callable,
};

/**
 * Checks the options, and applies their defaults.
 *
 * @throws BootstrapError for an unknown option, a wrong value, and a missing or a second statement of who issues
 *   tokens.
 */
export function jwtParts(options: TokenOptions): JwtParts {
  checkOptions<object>(options, RULES, WHERE);
  const { cognito, issuer, audience, jwksUri, jwks, issuers } = options;
  const statements = [issuer ?? audience ?? jwksUri ?? jwks, cognito, issuers].filter((one) => one !== undefined);
  if (statements.length !== 1) throw new BootstrapError(WHO_ISSUES);
  const pools = cognito === undefined ? [] : [cognito].flat();
  const given = issuers ?? (cognito === undefined ? [{ issuer, audience, jwksUri, jwks } as IssuerOptions] : []);
  for (const pool of pools) checkPool(pool);
  for (const one of given) checkIssuer(one, options.fetchKeys !== undefined);
  refuseTwice([...given.map((one) => one.issuer), ...pools.map(({ userPoolId }) => userPoolId)]);
  if (pools.length + given.length === 0) throw new BootstrapError(WHO_ISSUES);
  return {
    issuers: [...given],
    pools,
    algorithms: options.algorithms ?? ALGORITHMS,
    clockTolerance: options.clockTolerance ?? 5,
    keysMaxAge: options.keysMaxAge ?? 3600,
  };
}

const WHERE = 'the options of JwtModule';
const WHO_ISSUES =
  'JwtModule needs one of the options issuer (with audience), cognito and issuers: who issues the tokens of your ' +
  "callers? As in { issuer: 'https://auth.example.com', audience: 'orders-api' }. An option that comes from the " +
  'environment may be undefined in a build: set it there, or use forRootAsync.';

function checkPool(pool: CognitoOptions): void {
  checkOptions(pool, COGNITO_RULES, 'the option cognito of JwtModule');
  for (const name of ['userPoolId', 'clientId'] as const) requireNames(pool[name], `cognito.${name}`);
}

function checkIssuer(issuer: IssuerOptions, fetchesItself: boolean): void {
  checkOptions(issuer, ISSUER_RULES, 'an issuer of JwtModule');
  for (const name of ['issuer', 'audience'] as const) requireNames(issuer[name], name);
  if (issuer.jwks || fetchesItself) return;
  const url = issuer.jwksUri ?? issuer.issuer;
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return;
  throw new BootstrapError(
    `JwtModule: keys are fetched with https alone, and "${url}" is not an https URL. Set jwksUri, or jwks if the ` +
      'keys are known.',
  );
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new BootstrapError(`JwtModule has the issuer ${twice} twice. Give it once, with a list of audiences.`);
}

/** A token without an audience of its own is for any API of its issuer. */
function requireNames(value: string | readonly string[] | undefined, name: string): void {
  if (value !== undefined && value.length > 0) return;
  throw new BootstrapError(`JwtModule needs the option ${name}: without it, tokens for other APIs would be accepted.`);
}

/**
 * The keys that replace those of all issuers and load balancers in a test, so that nothing is fetched:
 * `overrideProvider(TEST_KEYS).useValue(issuer.jwks)`. `null` otherwise.
 */
export const TEST_KEYS = new InjectionToken<KeySet | null>('TEST_KEYS');
