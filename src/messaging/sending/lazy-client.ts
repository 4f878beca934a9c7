import { awsClientConfig, type AwsClient, type ClientOptions } from '../../aws/aws-client-config.js';
import type { Settings } from '../../settings/settings.js';

/** A client with the module of its SDK package, whose commands it takes. */
export interface OpenedClient<Sdk, Client> {
  readonly sdk: Sdk;
  readonly client: Client;
}

/** A client of one service, created for the first message. */
export class LazyClient<Sdk, Client extends AwsClient> {
  #opened: Promise<OpenedClient<Sdk, Client>> | undefined;

  /**
   * @param load Imports the SDK package.
   * @param create Creates the client.
   */
  constructor(
    private readonly options: ClientOptions,
    private readonly settings: Settings | undefined,
    private readonly load: () => Promise<Sdk>,
    private readonly create: (sdk: Sdk, config: object) => Client,
  ) {}

  open(): Promise<OpenedClient<Sdk, Client>> {
    return (this.#opened ??= this.#open());
  }

  /** Destroys the client, unless it is yours. */
  async close(): Promise<void> {
    if (this.options.client) return;
    const opened = await this.#opened?.catch(() => undefined);
    opened?.client.destroy();
  }

  async #open(): Promise<OpenedClient<Sdk, Client>> {
    const { client, config } = this.options;
    const sdk = await this.load();
    const own = (client as Client | undefined) ?? this.create(sdk, awsClientConfig(config, this.settings));
    return { sdk, client: own };
  }
}
