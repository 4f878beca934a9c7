import { type AwsClient, type ClientOptions, openClient, type OpenClient } from '../../aws/aws-client-config.js';
import type { Settings } from '../../settings/settings.js';

/** A client with the module of its SDK package, whose commands it takes. */
interface OpenedClient<Sdk, Client extends AwsClient> extends OpenClient<Client> {
  readonly sdk: Sdk;
}

/** A client of one service, created for the first message. */
export class LazyClient<Sdk, Client extends AwsClient> {
  #opened: Promise<OpenedClient<Sdk, Client>> | undefined;

  /**
   * @param load Imports the SDK package.
   * @param typeIn Returns the class of the client.
   */
  constructor(
    private readonly options: ClientOptions,
    private readonly settings: Settings | undefined,
    private readonly load: () => Promise<Sdk>,
    private readonly typeIn: (sdk: Sdk) => new (config: object) => Client,
  ) {}

  /** After a failure, the next call tries again. */
  open(): Promise<OpenedClient<Sdk, Client>> {
    return (this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    }));
  }

  /** Destroys the client, unless it is yours. */
  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    opened?.close();
  }

  async #open(): Promise<OpenedClient<Sdk, Client>> {
    const sdk = await this.load();
    return { sdk, ...openClient(this.typeIn(sdk), this.options, this.settings) };
  }
}
