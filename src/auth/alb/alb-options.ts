import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  callable,
  checkOptions,
  either,
  listOf,
  type OptionRules,
  text,
  wholeNumber,
} from '../../errors/check-options.js';
import type { ClaimOptions } from '../claims.js';
import type { MapUser, UserMapping, UserOption } from '../user-option.js';

/** Options of `AlbAuthModule`, except `user`. */
export interface AlbAuthOptions extends ClaimOptions {
  /**
   * The ARN of the load balancer, as in
   * `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188`; or several of one
   * region.
   */
  readonly loadBalancer: string | readonly string[];
  /** The issuer of the listener's action; for a user pool `https://cognito-idp.<region>.amazonaws.com/<userPoolId>`. */
  readonly issuer: string;
  /** The client id of the listener's action, or several. */
  readonly clientId: string | readonly string[];
  /** The seconds by which the clocks of load balancer and function may differ, 5 by default. */
  readonly clockTolerance?: number;
  /**
   * The address of the public keys of load balancers, without the id of a key. Default: AWS's endpoint of the region.
   */
  readonly keysUrl?: string;
  /**
   * Fetches a public key as PEM, as through a proxy; `undefined` if there is none. Default: Node's `https`, with a
   * limit of 3 s and one retry.
   */
  readonly fetchKey?: (url: string) => Promise<string | undefined>;
}

/** Options of `AlbAuthModule.forRoot`. */
export type AlbAuthModuleOptions = AlbAuthOptions & UserOption;

/** Options that are checked and complete. */
export interface AlbParts extends ClaimOptions {
  readonly loadBalancers: readonly string[];
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly clockTolerance: number;
  readonly keysUrl: string;
  readonly fetchKey: AlbAuthOptions['fetchKey'];
  readonly user: MapUser | undefined;
}

const aName = either(text, listOf(text));
const RULES: OptionRules<AlbAuthOptions & UserMapping> = {
  loadBalancer: aName,
  issuer: text,
  clientId: aName,
  clockTolerance: wholeNumber(0, 300),
  keysUrl: text,
  fetchKey: callable,
  roles: either(text, callable),
  scopes: either(text, callable),
  user: callable,
};

/**
 * Checks the options.
 *
 * @throws BootstrapError for an unknown option, a wrong value, and one that is missing: whoever has a load balancer can
 *   let it sign, so a signature alone proves nothing.
 */
export function albParts(options: AlbAuthOptions & UserMapping): AlbParts {
  checkOptions<object>(options, RULES, 'the options of AlbAuthModule');
  for (const name of ['loadBalancer', 'issuer', 'clientId'] as const) requireValue(options[name], name);
  const loadBalancers = [options.loadBalancer].flat();
  return {
    ...options,
    loadBalancers,
    clientIds: [options.clientId].flat(),
    clockTolerance: options.clockTolerance ?? 5,
    keysUrl: secure(endpointOf(loadBalancers.map(readArn), options.keysUrl)),
    fetchKey: options.fetchKey,
    user: options.user,
  };
}

function requireValue(value: string | readonly string[] | undefined, name: string): void {
  if (value !== undefined && value.length > 0) return;
  throw new BootstrapError(
    `AlbAuthModule needs the option ${name}: without it, what load balancers sign for others would be accepted. An ` +
      'option that comes from the environment may be undefined in a build: set it there, or use forRootAsync.',
  );
}

/** With the partition and the region. */
const ARN =
  /^arn:(aws(?:-cn|-us-gov)?):elasticloadbalancing:([a-z][a-z-]+-\d):\d{12}:loadbalancer\/app\/[\w-]+\/[\da-f]+$/;

interface Place {
  readonly partition: string;
  readonly region: string;
}

function readArn(arn: string): Place {
  const [, partition, region] = ARN.exec(arn) ?? [];
  if (partition !== undefined && region !== undefined) return { partition, region };
  throw new BootstrapError(
    `AlbAuthModule: "${arn}" in the option loadBalancer is not the ARN of an Application Load Balancer.`,
  );
}

/** @param given The option `keysUrl`. */
function endpointOf(places: readonly Place[], given: string | undefined): string {
  const [endpoint, ...others] = new Set(places.map((place) => given ?? endpointIn(place)));
  if (endpoint !== undefined && others.length === 0) return endpoint;
  throw new BootstrapError(
    'AlbAuthModule: the load balancers of the option loadBalancer are in several regions, whose keys are in several ' +
      'places. List those of one region.',
  );
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
function endpointIn({ partition, region }: Place): string {
  if (partition === 'aws') return `https://public-keys.auth.elb.${region}.amazonaws.com`;
  if (partition === 'aws-us-gov') return `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}`;
  throw new BootstrapError(
    `AlbAuthModule does not know where load balancers in ${region} publish their keys: set the option keysUrl.`,
  );
}

function secure(url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return url.replace(/\/$/, '');
  throw new BootstrapError(
    `AlbAuthModule: keys are fetched with https alone, and keysUrl "${url}" is not an https URL.`,
  );
}
