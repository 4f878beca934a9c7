import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isExact, subscriptionsOf } from '../../../deployment/subscription.js';
import { bucketVariable, type Destination, type DestinationKind, variableOf } from '../../../shared/destination.js';
import type { FunctionDescription, Variables } from '../runtime/process-messages.js';

/** Returns what a function declares: the queues that it consumes by name, and what it sends to. */
export function declaredBy({ consumers, requestsVia, sends }: FunctionDescription): Destination[] {
  const queues = subscriptionsOf(consumers, requestsVia).flatMap(({ source, name }): Destination[] =>
    source === 'sqs' && isExact(name) ? [{ kind: 'queue', name }] : [],
  );
  return [...queues, ...sends];
}

/** The variables by which the SDK finds each service. */
const ENDPOINTS: Readonly<Record<DestinationKind, string>> = {
  queue: 'AWS_ENDPOINT_URL_SQS',
  topic: 'AWS_ENDPOINT_URL_SNS',
  bus: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
};

/**
 * Returns those that are emulated: not those whose address you have set, or whose service has an endpoint.
 *
 * @param own your own environment variables.
 */
export function localOnes(declared: readonly Destination[], own: NodeJS.ProcessEnv): Destination[] {
  return declared.filter(
    (destination) =>
      own['AWS_ENDPOINT_URL'] === undefined &&
      own[ENDPOINTS[destination.kind]] === undefined &&
      (destination.kind === 'queue' ? [destination] : declared.filter(({ kind }) => kind === destination.kind)).every(
        // An ARN or a name has no host, unlike a URL: one endpoint is that of all topics, or of all buses.
        (each) => own[variableOf(each)] === undefined,
      ),
  );
}

/** Returns the buckets that are emulated: not those whose variable you have set. */
export function localBuckets({ buckets }: Pick<FunctionDescription, 'buckets'>, own: NodeJS.ProcessEnv): string[] {
  return own['AWS_ENDPOINT_URL'] === undefined ? buckets.filter((name) => own[bucketVariable(name)] === undefined) : [];
}

/** The addresses of the emulator and of what it emulates. */
export interface Addresses {
  /** The endpoint of each service. */
  readonly endpoints: Readonly<Record<DestinationKind, string>>;
  /**
   * The URLs of the emulated buckets, by name. They have no endpoint, which would lead the other S3 clients of a
   * function here as well.
   */
  readonly buckets?: Readonly<Record<string, string>>;
  of(destination: Destination): string;
}

/**
 * Returns the environment variables for a function: the address of each emulated destination, the endpoints of their
 * services, and credentials if the SDK would find none.
 *
 * @param local the destinations that are emulated.
 * @param elsewhere the declared destinations that are not.
 */
export function localVariables(
  local: readonly Destination[],
  elsewhere: readonly Destination[],
  addresses: Addresses,
  own: NodeJS.ProcessEnv,
): Variables {
  const buckets = Object.entries(addresses.buckets ?? {});
  if (local.length + buckets.length === 0) return {};
  // Without an endpoint the SDK sends each message to the host of its queue's URL. A queue of yours needs that.
  const kinds = [...new Set(local.map(({ kind }) => kind))].filter(
    (kind) => !elsewhere.some((each) => each.kind === kind),
  );
  return {
    ...Object.fromEntries(local.map((each) => [variableOf(each), addresses.of(each)])),
    ...Object.fromEntries(kinds.map((kind) => [ENDPOINTS[kind], addresses.endpoints[kind]])),
    ...Object.fromEntries(buckets.map(([name, url]) => [bucketVariable(name), url])),
    ...(hasProfile(own) ? {} : CREDENTIALS),
  };
}

const CREDENTIALS = { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/** Variables that lead to credentials (AWS SDKs reference, "Standardized credential providers"). */
const PROVIDERS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Whether the SDK finds credentials of yours, which made-up ones would hide from other clients of the function. */
function hasProfile(own: NodeJS.ProcessEnv): boolean {
  const files = [
    own['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
    own['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
  ];
  return PROVIDERS.some((name) => own[name] !== undefined) || files.some((file) => existsSync(file));
}
