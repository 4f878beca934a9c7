import type { SSMClient } from '@aws-sdk/client-ssm';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText } from '../../errors/check-options.js';
import { ownClassMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { awsClientConfig } from '../aws-client-config.js';
import { missingPeers } from '../missing-peers.js';
import { type AsyncOptions, storeModule } from '../store-module.js';
import { checkValueOptions, valueDecorator, type ValueModuleOptions } from './value-module.js';
import { FETCH, type FetchOptions, type ValueSource, ValueStore, type ValueStoreOptions } from './value-store.js';

/** Powertools' provider for SSM. */
interface ParameterSource extends ValueSource {
  getMultiple(path: string, options: FetchOptions & { decrypt: boolean; recursive: boolean }): Promise<unknown>;
}

interface ParameterStoreOptions extends ValueStoreOptions {
  readonly source: ParameterSource;
  /** What names without a leading slash stand under, and what is fetched together. */
  readonly path: string | undefined;
}

/**
 * Parameters of SSM's Parameter Store, decrypted where they are encrypted. Injectable wherever `ParametersModule` is
 * imported.
 */
export class ParameterStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'parameter',
    place: 'the Parameter Store',
    actions:
      'ssm:GetParameter on it (with a path ssm:GetParametersByPath), and kms:Decrypt where a key of your own encrypts it',
  };
  readonly #path: string | undefined;
  readonly #source: ParameterSource;

  constructor(options: ParameterStoreOptions) {
    super(options);
    this.#source = options.source;
    this.#path = options.path?.replace(/(?<!\/)\/*$/, '/');
  }

  protected override async fetch(name: string, maxAge: number): Promise<unknown> {
    const path = this.#path;
    const full = path === undefined || /^\/|^arn:/.test(name) ? name : path + name;
    // What is fetched together comes by plain names, and as it is now: an ARN, a version or a label has a colon.
    if (path === undefined || full.includes(':') || !full.startsWith(path)) {
      return this.together(full, maxAge, () => this.#source.get(full, { ...FETCH, decrypt: true }));
    }
    const options = { ...FETCH, decrypt: true, recursive: true };
    // Ten parameters a request.
    const values = (await this.together(path, maxAge, () => this.#source.getMultiple(path, options))) as Record<
      string,
      unknown
    >;
    const key = full.slice(path.length);
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }
}
brand(ParameterStore, 'ParameterStore');

/** What `ParametersModule.forRoot` takes. */
export interface ParametersOptions extends ValueModuleOptions {
  /**
   * As in `/shop/prod`: everything below it is fetched together, ten a request, and names without a slash stand below
   * it.
   */
  readonly path?: string;
}

/** Brings `@Parameter` and {@link ParameterStore}: the Parameter Store of SSM, through Powertools. */
export class ParametersModule {
  static forRoot(options: ParametersOptions = {}): DynamicModule {
    return ParametersModule.forRootAsync({ useFactory: () => options });
  }

  /**
   * As {@link ParametersModule.forRoot}, for options that depend on other providers, such as a client of `AwsModule`.
   */
  static forRootAsync(options: AsyncOptions<ParametersOptions>): DynamicModule {
    return storeModule({ module: ParametersModule, store: ParameterStore, open: openParameterStore }, options);
  }
}
brand(ParametersModule, 'ParametersModule');
ownClassMetadata(ParametersModule).module = {};

/**
 * Injects a parameter's value, fetched at bootstrap and decrypted:
 * `constructor(@Parameter('/db/url') private readonly url: string)`.
 */
export const Parameter = valueDecorator({ decorator: 'Parameter', module: 'ParametersModule', store: ParameterStore });

async function openParameterStore(options: ParametersOptions, settings?: Settings): Promise<ParameterStore> {
  checkValueOptions(options, { path: anyText }, 'ParametersModule');
  const { path, client, config, maxAge } = options;
  if (path !== undefined && !path.startsWith('/')) {
    throw new BootstrapError(`ParametersModule: path is "${path}"; it begins with a slash, as in "/shop/prod"`);
  }
  const missing = missingPeers('ParametersModule', '@aws-lambda-powertools/parameters @aws-sdk/client-ssm');
  const [{ SSMProvider }, { SSMClient }] = await Promise.all([
    import('@aws-lambda-powertools/parameters/ssm').catch(missing),
    import('@aws-sdk/client-ssm').catch(missing),
  ]);
  const own = client ? undefined : new SSMClient(awsClientConfig(config, settings));
  const source = new SSMProvider({ awsSdkV3Client: own ?? (client as SSMClient) });
  return new ParameterStore({ source, path, maxAge, close: () => own?.destroy() });
}
