import { BootstrapError } from '../errors/bootstrap-error.js';

/** Variables that shells, Node.js and Lambda set for themselves. */
const SYSTEM_VARIABLES = new Set(
  'PATH HOME USER USERNAME LOGNAME SHELL LANG PWD TERM HOSTNAME TMPDIR TEMP TMP TZ'.split(' '),
);

/**
 * Returns the name of the variable of a property: `databaseUrl` is `DATABASE_URL`, `s3Bucket` is `S3_BUCKET`, and
 * `apiURL` is `API_URL`.
 *
 * @throws BootstrapError for a variable of the system, which is set whether the application is configured or not.
 */
export function variableName(property: string, owner: string): string {
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
