import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, type OptionRules } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { settings, type Settings } from '../settings/settings.js';

/** A client of the AWS SDK for JavaScript v3. The SDK itself is not imported. */
export interface AwsClient {
  destroy(): void;
}

/** Options for AWS clients, such as `region`. They take precedence over the defaults of {@link awsClientConfig}. */
export type AwsModuleConfig = Readonly<Record<string, unknown>>;

/** The client that a module uses. */
export interface ClientOptions {
  /**
   * Your own client, which you also destroy. By default, the module creates one with the defaults of
   * {@link awsClientConfig}.
   */
  readonly client?: AwsClient;
  /** Options for the client that the module creates, such as `region`. */
  readonly config?: AwsModuleConfig;
}

export const CLIENT_RULES: OptionRules<ClientOptions> = { client: anObject, config: anObject };

/** Options of Node's `http.Agent` that the settings determine. */
export interface AgentDefaults {
  keepAlive: boolean;
  maxSockets: number;
}

/** Options of the SDK's `NodeHttpHandler`. Times are in milliseconds. */
export interface RequestHandlerDefaults {
  connectionTimeout: number;
  requestTimeout: number;
  throwOnRequestTimeout: boolean;
  socketTimeout: number;
  httpAgent: AgentDefaults;
  httpsAgent: AgentDefaults;
}

/** Options that every client of the AWS SDK for JavaScript v3 takes. */
export interface AwsClientDefaults {
  requestHandler: RequestHandlerDefaults;
  retryMode: 'adaptive';
}

/**
 * Returns options for a client of the AWS SDK for JavaScript v3: timeouts, connections and retries from the settings.
 *
 * The SDK reads region, endpoint, credentials and the number of attempts from the environment as usual. Clients share
 * no connections: each creates its own agents from these options.
 *
 * @param overrides More options for the client, which take precedence. Options of `requestHandler` are merged with the
 *   defaults; your own handler replaces them.
 * @param from The settings to use. Defaults to those of the environment.
 * @throws BootstrapError when a setting is wrong.
 */
export function awsClientConfig<O extends object = object>(
  overrides?: O,
  from: Settings = settings,
): Omit<AwsClientDefaults, keyof O> & O {
  const given = (overrides as { requestHandler?: object } | undefined)?.requestHandler;
  const requestHandler = mergeHandlers(requestHandlerDefaults(from), given);
  return { retryMode: 'adaptive', ...overrides, requestHandler } as unknown as Omit<AwsClientDefaults, keyof O> & O;
}

function requestHandlerDefaults({
  CONNECTION_TIMEOUT,
  READ_TIMEOUT,
  AWS_MAX_POOL_CONNECTIONS,
}: Settings): RequestHandlerDefaults {
  const readTimeout = milliseconds(READ_TIMEOUT);
  const agent = { keepAlive: true, maxSockets: AWS_MAX_POOL_CONNECTIONS };
  return {
    connectionTimeout: milliseconds(CONNECTION_TIMEOUT),
    // Until the response begins. Without the flag, the SDK logs a warning and keeps waiting.
    requestTimeout: readTimeout,
    throwOnRequestTimeout: true,
    // For a response that begins and then stalls, which the SDK would wait for forever.
    socketTimeout: readTimeout,
    httpAgent: agent,
    httpsAgent: agent,
  };
}

function mergeHandlers(defaults: RequestHandlerDefaults, given: object | undefined): object {
  if (given === undefined) return defaults;
  const replaces = typeof given === 'function' || typeof (given as { handle?: unknown }).handle === 'function';
  return replaces ? given : { ...defaults, ...given };
}

/** Rounds up, because the SDK takes 0 for no timeout. */
function milliseconds(seconds: number): number {
  return Math.ceil(seconds * 1000);
}

/** A client that a module uses. */
export interface OpenClient<C extends AwsClient> {
  readonly client: C;
  /** Destroys the client, unless it is yours. */
  readonly close: () => void;
}

/** Returns your client if the options have one, otherwise a new one with the defaults of {@link awsClientConfig}. */
export function openClient<C extends AwsClient>(
  type: new (config: object) => C,
  { client, config }: ClientOptions,
  given: Settings | undefined,
): OpenClient<C> {
  if (client) return { client: client as C, close: () => undefined };
  const own = new type(awsClientConfig(config, given));
  return { client: own, close: () => own.destroy() };
}

/** @throws BootstrapError for an item of the option `clients` that is not a class. */
export function checkClientClasses(clients: readonly unknown[], module: string): void {
  const index = clients.findIndex((client) => typeof client !== 'function');
  if (index === -1) return;
  throw new BootstrapError(
    `${module}: clients[${index}] is ${describeValue(clients[index])}; it takes the class of a client, such as ` +
      'S3Client. If it is one, its file is part of a circular import and has not been evaluated yet.',
  );
}
