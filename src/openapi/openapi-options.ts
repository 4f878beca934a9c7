import type { ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, anyText, checkOptions, either, listOf, type Rules, text } from '../errors/check-options.js';
import type { ApiSecurityRequirement } from '../metadata/api-metadata.js';
import type { Constructor } from '../shared/types.js';
import type { InfoObject, SecurityScheme, ServerObject, TagObject } from './openapi-document.js';

/** What a document says beside what the application's code does. */
export interface OpenApiOptions extends InfoObject {
  /** Where the API is; the host that the document comes from unless given. */
  readonly servers?: readonly (string | ServerObject)[];
  /** Descriptions of tags, which stand in this order. */
  readonly tags?: readonly TagObject[];
  /** By the names that `@ApiSecurity` and `security` use. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  /**
   * The schemes of routes that name none, any one of which will do, or objects of those that are needed together; none
   * unless given.
   */
  readonly security?: readonly (string | ApiSecurityRequirement)[];
  /** The key of `SetMetadata` by which your guards let everybody in: such a route asks for no security. */
  readonly publicMetadata?: string | symbol;
  /** Where versions are told by a header: the one to describe. */
  readonly apiVersion?: string;
}

const DOCUMENT_RULES: Rules<OpenApiOptions> = {
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

/**
 * @throws BootstrapError for an option that doesn't exist, a missing title or version, and a scheme that is not there.
 */
export function checkOpenApiOptions<O extends OpenApiOptions>(
  options: O,
  more: Omit<Rules<O>, keyof OpenApiOptions>,
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

/** @throws BootstrapError when no scheme has one of the names. */
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
  throw new BootstrapError(
    `${where} names the security scheme "${scheme}", but ${names.length > 0 ? `the option securitySchemes has ${names.join(', ')}` : 'there is no option securitySchemes'}. ` +
      `Add it: securitySchemes: { ${scheme}: { type: 'http', scheme: 'bearer' } }.`,
  );
}

// Shared with another copy of the package: a command line's, which reads what an application's has kept.
const OPTIONS = Symbol.for('lambent.openapi-options');

/** Keeps the options of a module with the controller that serves its document. */
export function keepModuleOptions(controller: Constructor, options: OpenApiOptions): void {
  Object.defineProperty(controller, OPTIONS, { value: options });
}

/** The options that the application gave its `OpenApiModule`; `undefined` when it imports none. */
export function givenOptions({ routes }: ApplicationDescription): OpenApiOptions | undefined {
  return routes
    .map((route) => (route.controller as { [OPTIONS]?: OpenApiOptions })[OPTIONS])
    .find((options) => options !== undefined);
}

/**
 * The options that the application gave its `OpenApiModule`.
 *
 * @throws BootstrapError when it imports none.
 */
export function moduleOptions(description: ApplicationDescription): OpenApiOptions {
  const options = givenOptions(description);
  if (options) return options;
  throw new BootstrapError(
    "Nothing says what the API document is called: import OpenApiModule.forRoot({ title: 'Orders', version: '1.0.0' }) in the " +
      'root module, or give these options to createOpenApiDocument.',
  );
}
