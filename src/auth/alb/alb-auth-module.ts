import { API_SECURITY } from '../../contracts/api-security.js';
import { type AsyncOptions, providedOptions } from '../../contracts/async-options.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { TEST_KEYS } from '../jwt/jwt-options.js';
import { AlbAuth } from './alb-auth.js';
import { type AlbAuthModuleOptions, albParts } from './alb-options.js';
import { createAlbAuth } from './create-alb-auth.js';

/**
 * Authenticates users whom an Application Load Balancer has signed in (`authenticate-oidc`, `authenticate-cognito`),
 * for `@Authenticated`, `@Roles`, `@Scopes`, `@OptionalAuth` and `AuthGuard`. Verifies what the load balancer has
 * signed with aws-jwt-verify, which has to be installed.
 */
export class AlbAuthModule {
  /** @throws BootstrapError for a mistake in the options. */
  static forRoot(options: AlbAuthModuleOptions): DynamicModule {
    albParts(options);
    return AlbAuthModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link AlbAuthModule.forRoot}, for options that must be fetched or depend on other providers. */
  static forRootAsync(given: AsyncOptions<AlbAuthModuleOptions>): DynamicModule {
    const { token, imports, provider } = providedOptions(AlbAuthModule, given);
    return {
      module: AlbAuthModule,
      global: true,
      imports,
      providers: [
        provider,
        { provide: TEST_KEYS, useValue: null },
        { provide: AlbAuth, inject: [token, TEST_KEYS], useFactory: createAlbAuth },
        { provide: API_SECURITY, useValue: { alb: SESSION } },
      ],
      exports: [AlbAuth],
    };
  }
}
brand(AlbAuthModule, 'AlbAuthModule');
builtInMetadata(AlbAuthModule).module = {};

/** The default of a listener's `SessionCookieName`. Longer sessions have several cookies. */
const SESSION = {
  type: 'apiKey',
  in: 'cookie',
  name: 'AWSELBAuthSessionCookie-0',
  description: 'The session of the load balancer, which signs users in',
} as const;
