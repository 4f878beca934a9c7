import { BootstrapError } from '../errors/bootstrap-error.js';
import { anyText, checkOptions, either, listOf, record, type Rules, text } from '../errors/option-rules.js';
import type { ApiSecurityRequirement } from '../metadata/api-metadata.js';
import type { InfoObject, SecurityScheme, ServerObject, TagObject } from './openapi-document.js';

/** What a document says beside what the application's code does. */
export interface OpenApiOptions extends InfoObject {
  /** Where the API is; the host that the document comes from unless given. */
  readonly servers?: readonly (string | ServerObject)[];
  /** Descriptions of tags, which stand in this order. */
  readonly tags?: readonly TagObject[];
  /** By the names that `@ApiSecurity` and `security` use. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  /** The schemes of routes that name none, any one of which will do, or objects of those that are needed together; none unless given. */
  readonly security?: readonly (string | ApiSecurityRequirement)[];
  /** The key of `SetMetadata` by which your guards let everybody in: such a route asks for no security. */
  readonly publicMetadata?: string | symbol;
  /** Where versions are told by a header: the one to describe. */
  readonly apiVersion?: string;
}

export const DOCUMENT_RULES: Rules<OpenApiOptions> = {
  title: anyText,
  version: anyText,
  summary: anyText,
  description: anyText,
  termsOfService: anyText,
  contact: record,
  license: record,
  servers: listOf(either(anyText, record)),
  tags: listOf(record),
  securitySchemes: record,
  security: listOf(either(anyText, record)),
  publicMetadata: {
    expected: 'text or a symbol',
    accepts: (value) => typeof value === 'string' || typeof value === 'symbol',
  },
  apiVersion: text,
};

/** @throws BootstrapError for an option that doesn't exist, a missing title or version, and a scheme that is not there. */
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
export function securityRequirement(given: string | ApiSecurityRequirement, options: OpenApiOptions, where: string): ApiSecurityRequirement {
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
