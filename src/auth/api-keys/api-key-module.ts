import { API_SECURITY } from '../../contracts/api-security.js';
import { providedOptions } from '../../contracts/async-options.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import type { UserMapping, UserOption } from '../user-option.js';
import {
  aHeader,
  type ApiKeyModuleAsyncOptions,
  type ApiKeyModuleOptions,
  type ApiKeyOptions,
  checkKeys,
} from './api-key-options.js';
import { ApiKeys } from './api-keys.js';

/** Authenticates callers by a key in a header, for `@Authenticated`, `@Roles`, `@Scopes` and `AuthGuard`. */
export class ApiKeyModule {
  /** @throws BootstrapError for a mistake in the options. */
  static forRoot(given: ApiKeyModuleOptions): DynamicModule {
    const { header, ...options } = given;
    checkKeys(options);
    return ApiKeyModule.forRootAsync({ ...(header !== undefined && { header }), useFactory: () => options });
  }

  /** Like {@link ApiKeyModule.forRoot}, for keys that must be fetched or depend on other providers. */
  static forRootAsync(given: ApiKeyModuleAsyncOptions): DynamicModule {
    const { token, imports, provider } = providedOptions(ApiKeyModule, given, { header: aHeader });
    const { header = 'x-api-key' } = given;
    return {
      module: ApiKeyModule,
      global: true,
      imports,
      providers: [
        provider,
        {
          provide: ApiKeys,
          inject: [token],
          useFactory: (found: ApiKeyOptions & UserOption) => openApiKeys(found, header.toLowerCase()),
        },
        { provide: API_SECURITY, useValue: { apiKey: { type: 'apiKey', in: 'header', name: header } } },
      ],
      exports: [ApiKeys],
    };
  }
}
brand(ApiKeyModule, 'ApiKeyModule');
builtInMetadata(ApiKeyModule).module = {};

async function openApiKeys(options: ApiKeyOptions & UserMapping, header: string): Promise<ApiKeys> {
  checkKeys(options);
  const crypto = await import('node:crypto');
  return new ApiKeys({ crypto, keys: options.keys, header, user: options.user });
}
