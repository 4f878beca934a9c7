import type { Settings } from '../settings/settings.js';
import { type AwsClient, awsClientConfig, type ClientOptions } from './aws-client-config.js';

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
  settings: Settings | undefined,
): OpenClient<C> {
  if (client) return { client: client as C, close: () => undefined };
  const own = new type(awsClientConfig(config, settings));
  return { client: own, close: () => own.destroy() };
}
