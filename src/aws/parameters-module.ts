import type { SSMClient } from '@aws-sdk/client-ssm';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anyText } from '../errors/option-rules.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import type { Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import { awsClientConfig } from './aws-client-config.js';
import { missingPeers } from './missing-peers.js';
import { ParameterStore } from './parameter-store.js';
import type { AsyncOptions } from './async-options.js';
import { storeModule } from './store-module.js';
import { valueDecorator } from './value-decorator.js';
import { checkValueOptions, type ValueModuleOptions } from './value-module-options.js';

/** What `ParametersModule.forRoot` takes. */
export interface ParametersOptions extends ValueModuleOptions {
  /** As in `/shop/prod`: everything below it is fetched together, ten a request, and names without a slash stand below it. */
  readonly path?: string;
}

/** Brings `@Parameter` and {@link ParameterStore}: the Parameter Store of SSM, through Powertools. */
export class ParametersModule {
  static forRoot(options: ParametersOptions = {}): DynamicModule {
    return ParametersModule.forRootAsync({ useFactory: () => options });
  }

  /** As {@link ParametersModule.forRoot}, for options that depend on other providers, such as a client of `AwsModule`. */
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
