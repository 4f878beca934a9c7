import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ConfigFormat, ConfigPropertyMetadata } from './config-metadata.js';
import type { RemoteValue } from './remote-values.js';

/** A property of a configuration: where it comes from, and how it is read. */
export interface ConfigProperty {
  readonly name: string;
  /** `undefined` for a property that comes from a parameter or a secret alone. */
  readonly variable: string | undefined;
  readonly remote: RemoteValue | undefined;
  /** Whether its value is never shown. */
  readonly hidden: boolean;
  readonly format: ConfigFormat;
}

/** A property as it is declared. */
export interface DeclaredProperty {
  /** The name of the class, for messages. */
  readonly owner: string;
  readonly name: string;
  /** Metadata from decorators. */
  readonly metadata: ConfigPropertyMetadata | undefined;
  /** The format, if no decorator says it. */
  readonly format: () => ConfigFormat;
}

/** Completes a declared property. @throws BootstrapError for a variable that the system sets. */
export function configProperty({ owner, name, metadata = {}, format }: DeclaredProperty): ConfigProperty {
  const { variable, remote, hidden = false } = metadata;
  const isConventional = variable === '' || (variable === undefined && remote === undefined);
  return {
    name,
    remote,
    hidden,
    variable: isConventional ? variableName(name, owner) : variable,
    format: metadata.format ?? format(),
  };
}

/** Variables that shells, Node.js and Lambda set for themselves. */
const SYSTEM_VARIABLES = new Set(
  'PATH HOME USER USERNAME LOGNAME SHELL LANG PWD TERM HOSTNAME TMPDIR TEMP TMP TZ'.split(' '),
);

/**
 * Returns the name of the variable of a property: `databaseUrl` is `DATABASE_URL`, `s3Bucket` is `S3_BUCKET`, and
 * `apiURL` is `API_URL`.
 *
 * @throws BootstrapError for a variable that the system sets, whether the application is configured or not.
 */
function variableName(property: string, owner: string): string {
  const name = property
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
  if (!SYSTEM_VARIABLES.has(name)) return name;
  throw new BootstrapError(
    `${owner}.${property} would be read from ${name}, which the system sets for itself. ` +
      `Name a variable of your own: @Env('SHOP_${name}').`,
  );
}
