import type { ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, anyText, checkOptions, either, listOf, type OptionRules, text } from '../errors/check-options.js';
import type { ApiSecurityRequirement } from '../metadata/api-metadata.js';
import type { Constructor } from '../shared/types.js';
import type { InfoObject, SecurityScheme, ServerObject, TagObject } from './openapi-document.js';

/** The parts of a document beyond the application's code. */
export interface OpenApiOptions extends InfoObject {
  /** The addresses of the API; by default the host that serves the document. */
  readonly servers?: readonly (string | ServerObject)[];
  /** Descriptions of tags, in the order in which the document lists them. */
  readonly tags?: readonly TagObject[];
  /** Security schemes by the names that `@ApiSecurity` and `security` use. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  /**
   * The schemes of routes that name none. Any one of them is enough; an object holds schemes that are needed together.
   * None by default.
   */
  readonly security?: readonly (string | ApiSecurityRequirement)[];
  /** The `SetMetadata` key by which your guards let everybody in. Such a route needs no security. */
  readonly publicMetadata?: string | symbol;
  /** The version to describe, if a header selects the version. */
  readonly apiVersion?: string;
}

const DOCUMENT_RULES: OptionRules<OpenApiOptions> = {
  title: anyText,
  version: anyText,
  summary: anyText,
  description: anyText,
  termsOfService: anyText,
  contact: anObject,
  license: anObject,
  servers: listOf(either(anyText, anObject)),
  tags: listOf(anObject),
  securitySchemes: anObject,
  security: listOf(either(anyText, anObject)),
  publicMetadata: {
    expected: 'text or a symbol',
    accepts: (value) => typeof value === 'string' || typeof value === 'symbol',
  },
  apiVersion: text,
};

/** @throws BootstrapError for an unknown option, a missing title or version, and an unknown security scheme. */
export function checkOpenApiOptions<O extends OpenApiOptions>(
  options: O,
  more: Omit<OptionRules<O>, keyof OpenApiOptions>,
): void {
  checkOptions<object>(options, { ...DOCUMENT_RULES, ...more }, 'the options of the API document');
  for (const name of ['title', 'version'] as const) {
    if (!options[name]) {
      throw new BootstrapError(
        `The API document has no ${name}: give it one, as in { title: 'Orders', version: '1.0.0' }.`,
      );
    }
  }
  for (const requirement of options.security ?? [])
    securityRequirement(requirement, options, 'The option security of the API document');
}

/** @throws BootstrapError when a name is not that of a security scheme. */
export function securityRequirement(
  given: string | ApiSecurityRequirement,
  options: OpenApiOptions,
  where: string,
): ApiSecurityRequirement {
  const requirement = typeof given === 'string' ? { [given]: [] } : given;
  for (const scheme of Object.keys(requirement)) checkScheme(scheme, options, where);
  return requirement;
}

function checkScheme(scheme: string, { securitySchemes = {} }: OpenApiOptions, where: string): void {
  if (Object.hasOwn(securitySchemes, scheme)) return;
  const names = Object.keys(securitySchemes);
  const known = names.length > 0 ? `the option securitySchemes has ${names.join(', ')}` : 'no securitySchemes are set';
  throw new BootstrapError(
    `${where} names the security scheme "${scheme}", but ${known}. ` +
      `Add it: securitySchemes: { ${scheme}: { type: 'http', scheme: 'bearer' } }.`,
  );
}

// Shared with other copies of the package: the command line reads what the application's copy has kept.
const OPTIONS = Symbol.for('lambent.openapi-options');

/** Keeps the options of a module on the controller that serves its document. */
export function keepModuleOptions(controller: Constructor, options: OpenApiOptions): void {
  Object.defineProperty(controller, OPTIONS, { value: options });
}

/** Returns the options that the application passed to its `OpenApiModule`; `undefined` if it imports none. */
export function givenOptions({ routes }: ApplicationDescription): OpenApiOptions | undefined {
  return routes
    .map((route) => (route.controller as { [OPTIONS]?: OpenApiOptions })[OPTIONS])
    .find((options) => options !== undefined);
}

/**
 * Returns the options that the application passed to its `OpenApiModule`.
 *
 * @throws BootstrapError when it imports none.
 */
export function moduleOptions(description: ApplicationDescription): OpenApiOptions {
  const options = givenOptions(description);
  if (options) return options;
  throw new BootstrapError(
    "The API document has no title: import OpenApiModule.forRoot({ title: 'Orders', version: '1.0.0' }) in the root " +
      'module, or pass these options to createOpenApiDocument.',
  );
}
