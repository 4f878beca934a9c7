import { API_SECURITY } from '../../contracts/api-security.js';
import { type AsyncOptions, providedOptions } from '../../contracts/async-options.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { createTokenVerifier } from './create-token-verifier.js';
import { jwtParts, type JwtModuleOptions, TEST_KEYS } from './jwt-options.js';
import { TokenVerifier } from './token-verifier.js';

/**
 * Authenticates callers by the token in `Authorization: Bearer …`, for `@Authenticated`, `@Roles`, `@Scopes` and
 * `AuthGuard`. Verifies with aws-jwt-verify, which has to be installed.
 *
 * The keys of the issuers are fetched in the init phase, and kept between invocations.
 */
export class JwtModule {
  /** @throws BootstrapError for a mistake in the options. */
  static forRoot(options: JwtModuleOptions): DynamicModule {
    jwtParts(options);
    return JwtModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link JwtModule.forRoot}, for options that must be fetched or depend on other providers. */
  static forRootAsync(given: AsyncOptions<JwtModuleOptions>): DynamicModule {
    const { token, imports, provider } = providedOptions(JwtModule, given);
    return {
      module: JwtModule,
      global: true,
      imports,
      providers: [
        provider,
        { provide: TEST_KEYS, useValue: null },
        { provide: TokenVerifier, inject: [token, TEST_KEYS], useFactory: createTokenVerifier },
        { provide: API_SECURITY, useValue: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      ],
      exports: [TokenVerifier],
    };
  }
}
brand(JwtModule, 'JwtModule');
builtInMetadata(JwtModule).module = {};
