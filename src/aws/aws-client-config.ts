import { settings, type Settings } from '../settings/settings.js';

/** The part of an agent's options (Node: `http.Agent`) that the settings decide. */
export interface AgentDefaults {
  keepAlive: boolean;
  maxSockets: number;
}

/** Options of the SDK's `NodeHttpHandler`; times in milliseconds. */
export interface RequestHandlerDefaults {
  connectionTimeout: number;
  requestTimeout: number;
  throwOnRequestTimeout: boolean;
  socketTimeout: number;
  httpAgent: AgentDefaults;
  httpsAgent: AgentDefaults;
}

/** What every client of the AWS SDK for JavaScript v3 takes. */
export interface AwsClientDefaults {
  requestHandler: RequestHandlerDefaults;
  retryMode: 'adaptive';
}

/**
 * Options for a client of the AWS SDK for JavaScript v3: time limits, connections and retries by the settings.
 *
 * Region, endpoint, credentials and the number of attempts stay with the SDK, which reads them from the environment.
 * Clients share no connections: each makes agents of its own out of these options.
 *
 * @param overrides more options of the client, which win; those of its `requestHandler` are added to the defaults,
 *   a handler of your own replaces them
 * @param from the settings to go by; those of the environment unless given
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
    // Until the answer begins. Without the flag the SDK would log a warning and go on waiting.
    requestTimeout: readTimeout,
    throwOnRequestTimeout: true,
    // For an answer that has begun and stalls, which the SDK would wait for without end.
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

// 0 would switch the limit off.
function milliseconds(seconds: number): number {
  return Math.ceil(seconds * 1000);
}
