import type { AsyncOptions } from '../../contracts/async-options.js';
import type { AwsUse } from '../../contracts/aws-uses.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText } from '../../errors/check-options.js';
import { missingPeers } from '../../errors/missing-peers.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { openClient } from '../aws-client-config.js';
import { storeModule } from '../store-module.js';
import { pathPrefix, placedName } from './parameter-name.js';
import { valueDecorator } from './value-decorator.js';
import {
  checkValueOptions,
  FETCH,
  type FetchOptions,
  type ValueModuleOptions,
  type ValueSource,
  ValueStore,
  type ValueStoreOptions,
} from './value-store.js';

/** The part of Powertools' SSM provider that is used here. */
interface ParameterSource extends ValueSource {
  getMultiple(path: string, options: FetchOptions & { decrypt: boolean; recursive: boolean }): Promise<unknown>;
}

interface ParameterStoreOptions extends ValueStoreOptions {
  readonly source: ParameterSource;
  /** The path that relative names are below, and whose parameters are fetched together. */
  readonly path: string | undefined;
}

/** Reads and decrypts parameters of SSM Parameter Store. `ParametersModule` provides it. */
export class ParameterStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'parameter',
    place: 'Parameter Store',
    actions:
      'ssm:GetParameter on it (with a path ssm:GetParametersByPath), and kms:Decrypt if your own key encrypts it',
  };
  readonly #path: string | undefined;
  readonly #source: ParameterSource;

  constructor(options: ParameterStoreOptions) {
    super(options);
    this.#source = options.source;
    this.#path = options.path === undefined ? undefined : pathPrefix(options.path);
  }

  protected override async fetch(name: string, maxAge: number): Promise<unknown> {
    const path = this.#path;
    const { name: full, isFetchedByPath } = placedName(name, path);
    if (path === undefined || !isFetchedByPath)
      return this.shared(full, maxAge, () => this.#source.get(full, { ...FETCH, decrypt: true }));
    const options = { ...FETCH, decrypt: true, recursive: true };
    // Each request fetches ten parameters.
    const values = (await this.shared(path, maxAge, () => this.#source.getMultiple(path, options))) as Record<
      string,
      unknown
    >;
    const key = full.slice(path.length);
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }
}
brand(ParameterStore, 'ParameterStore');

/** Options of `ParametersModule.forRoot`. */
export interface ParametersOptions extends ValueModuleOptions {
  /**
   * A path such as `/shop/prod`. All parameters below it are fetched together, ten per request, and names without a
   * leading slash are relative to it.
   */
  readonly path?: string;
}

/** Provides `@Parameter` and {@link ParameterStore}, which read SSM Parameter Store with Powertools. */
export class ParametersModule {
  static forRoot(options: ParametersOptions = {}): DynamicModule {
    const { path } = options;
    return parametersModule(
      { useFactory: () => options },
      path === undefined ? [] : [{ kind: 'parameter-path', path }],
    );
  }

  /**
   * Like {@link ParametersModule.forRoot}, for options that depend on other providers, such as a client. Deployment
   * tools don't know a `path` among them.
   */
  static forRootAsync(options: AsyncOptions<ParametersOptions>): DynamicModule {
    return parametersModule(options, []);
  }
}

function parametersModule(options: AsyncOptions<ParametersOptions>, uses: readonly AwsUse[]): DynamicModule {
  return storeModule({ module: ParametersModule, store: ParameterStore, open: openParameterStore, uses }, options);
}
brand(ParametersModule, 'ParametersModule');
builtInMetadata(ParametersModule).module = {};

/**
 * Injects the value of a parameter, fetched and decrypted during bootstrap:
 * `constructor(@Parameter('/db/url') private readonly url: string)`.
 */
export const Parameter = valueDecorator({ decorator: 'Parameter', module: 'ParametersModule', store: ParameterStore });

/** Opens a store with a client of its own, unless the options have one. */
export async function openParameterStore(options: ParametersOptions, settings?: Settings): Promise<ParameterStore> {
  checkValueOptions(options, { path: anyText }, 'ParametersModule');
  const { path, maxAge } = options;
  if (path !== undefined && !path.startsWith('/')) {
    throw new BootstrapError(`ParametersModule: path is "${path}"; it must start with a slash, such as "/shop/prod"`);
  }
  const missing = missingPeers('ParametersModule', '@aws-lambda-powertools/parameters @aws-sdk/client-ssm');
  const [{ SSMProvider }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/parameters/ssm').catch(missing),
    import('@aws-sdk/client-ssm').catch(missing),
  ]);
  const { client, close } = openClient(sdk.SSMClient, options, settings);
  return new ParameterStore({ source: new SSMProvider({ awsSdkV3Client: client }), path, maxAge, close });
}
