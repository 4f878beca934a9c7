import { type ApiSecurityScheme, API_SECURITY } from '../../contracts/api-security.js';
import { type AsyncOptions, providedOptions } from '../../contracts/async-options.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { callable, checkOptions, either, listOf, oneOf, type OptionRules, text } from '../../errors/check-options.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import type { UserMapping, UserOption } from '../user-option.js';
import { GatewayAuth, type GatewayAuthOptions } from './gateway-auth.js';
import { AUTHORIZERS, type GatewayAuthorizer } from './gateway-identity.js';

/** Options of `GatewayAuthModule.forRoot`. */
export type GatewayAuthModuleOptions = GatewayAuthOptions & UserOption;

/** Options of `GatewayAuthModule.forRootAsync`. `useFactory` returns the other options. */
export type GatewayAuthModuleAsyncOptions = AsyncOptions<Omit<GatewayAuthOptions, 'authorizers'> & UserOption> &
  Pick<GatewayAuthOptions, 'authorizers'>;

/**
 * Trusts what the authorizer of the API says about callers, for `@Authenticated`, `@Roles`, `@Scopes` and `AuthGuard`.
 * Nothing is verified a second time.
 */
export class GatewayAuthModule {
  /** @throws BootstrapError for a mistake in the options. */
  static forRoot(options: GatewayAuthModuleOptions): DynamicModule {
    checkOptions(options, RULES, WHERE);
    const { authorizers, ...others } = options;
    return GatewayAuthModule.forRootAsync({ authorizers, useFactory: () => others });
  }

  /** Like {@link GatewayAuthModule.forRoot}, for a function `user` that depends on other providers. */
  static forRootAsync(given: GatewayAuthModuleAsyncOptions): DynamicModule {
    const { token, imports, provider } = providedOptions(GatewayAuthModule, given, { authorizers: RULES.authorizers });
    const { authorizers } = given;
    if (!authorizers?.length)
      throw new BootstrapError(
        `GatewayAuthModule needs the option authorizers: the kinds that your API has, of ${AUTHORIZERS.join(', ')}.`,
      );
    return {
      module: GatewayAuthModule,
      global: true,
      imports,
      providers: [
        provider,
        { provide: GatewayAuth, inject: [token], useFactory: (others: Others) => open({ ...others, authorizers }) },
        { provide: API_SECURITY, useValue: Object.assign({}, ...authorizers.map((one) => SCHEMES[one])) },
      ],
      exports: [GatewayAuth],
    };
  }
}
brand(GatewayAuthModule, 'GatewayAuthModule');
builtInMetadata(GatewayAuthModule).module = {};

type Others = Omit<GatewayAuthOptions, 'authorizers'> & UserMapping;

const WHERE = 'the options of GatewayAuthModule';
const RULES: OptionRules<GatewayAuthOptions & UserMapping> = {
  authorizers: listOf(oneOf(...AUTHORIZERS)),
  id: text,
  roles: either(text, callable),
  scopes: either(text, callable),
  user: callable,
};

function open(options: GatewayAuthOptions & UserMapping): GatewayAuth {
  checkOptions(options, RULES, WHERE);
  return new GatewayAuth(options);
}

const BEARER: ApiSecurityScheme = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
/** The security schemes of authorizers. Only the author of a Lambda authorizer knows what it reads. */
const SCHEMES: Readonly<Record<GatewayAuthorizer, Readonly<Record<string, ApiSecurityScheme>>>> = {
  jwt: { bearer: BEARER },
  cognito: { bearer: BEARER },
  lambda: {},
  iam: {
    iam: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS Signature Version 4' },
  },
};
