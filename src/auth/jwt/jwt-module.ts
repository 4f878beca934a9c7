import { API_SECURITY } from '../../contracts/api-security.js';
import { type AsyncOptions, ASYNC_RULES } from '../../contracts/async-options.js';
import { checkOptions } from '../../errors/check-options.js';
import { ownClassMetadata } from '../../metadata/class-record.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { InjectionToken } from '../../shared/token.js';
import { TEST_KEYS } from '../test-keys.js';
import { createTokenVerifier } from './create-token-verifier.js';
import { issuersOf, type JwtModuleOptions } from './jwt-options.js';
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
    issuersOf(options);
    return JwtModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link JwtModule.forRoot}, for options that must be fetched or depend on other providers. */
  static forRootAsync(given: AsyncOptions<JwtModuleOptions>): DynamicModule {
    checkOptions(given, ASYNC_RULES, 'the options of JwtModule');
    const { imports = [], inject = [], useFactory } = given;
    const options = new InjectionToken<JwtModuleOptions>('JwtModule options');
    return {
      module: JwtModule,
      global: true,
      imports,
      providers: [
        { provide: options, inject, useFactory },
        { provide: TEST_KEYS, useValue: null },
        { provide: TokenVerifier, inject: [options, TEST_KEYS], useFactory: createTokenVerifier },
        { provide: API_SECURITY, useValue: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      ],
      exports: [TokenVerifier],
    };
  }
}
brand(JwtModule, 'JwtModule');
ownClassMetadata(JwtModule).module = {};
