import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ControllerMetadata, MethodMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { joinPath } from '../../router/paths.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { VERSION_NEUTRAL } from '../../shared/version-neutral.js';
import type { RoutePath } from '../application-plan.js';
import { type VersioningOptions, versionSegment } from '../options/versioning.js';

/** One HTTP method and path of a controller method, as it is declared. */
export type DeclaredPath = Pick<RoutePath, 'httpMethod' | 'pattern'> & { readonly version: string | undefined };

/** A controller method with all of its routes. */
interface ControllerRoute {
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
  readonly paths: readonly DeclaredPath[];
}

/**
 * Returns the routes of a controller, from its metadata.
 *
 * @param prefix The prefix of the module, before every path.
 * @throws BootstrapError for a version without the option `versioning`, and for a path parameter that no path has.
 */
export function controllerRoutes(
  type: Constructor,
  prefix: string,
  versioning: VersioningOptions | undefined,
): ControllerRoute[] {
  const { methods, controller = { paths: [''] } } = mergedMetadata(type);
  const prefixed =
    prefix === '' ? controller : { ...controller, paths: controller.paths.map((path) => joinPath(prefix, path)) };
  return [...methods]
    .filter(([, metadata]) => metadata.routes.length > 0)
    .map(([key, metadata]) => {
      const name = methodName(type, key);
      const paths = routePaths(name, prefixed, metadata, versioning);
      checkPathParameters(name, metadata, paths);
      return { key, metadata, paths };
    });
}

/** Combines the HTTP methods, prefixes, paths and versions of a controller method. */
function routePaths(
  name: string,
  controller: ControllerMetadata,
  method: MethodMetadata,
  versioning: VersioningOptions | undefined,
): DeclaredPath[] {
  const given = method.versions ?? controller.versions;
  const versions = given?.map((version) => (version === VERSION_NEUTRAL ? undefined : (version as string))) ?? [
    versioning?.type === 'path' ? versioning.default : undefined,
  ];
  if (!versioning && versions.some((version) => version !== undefined))
    throw new BootstrapError(noVersioning(name, versions));
  for (const version of versions) if (version !== undefined) checkVersion(name, version, versioning);
  return method.routes.flatMap(({ method: httpMethod, paths }) =>
    controller.paths.flatMap((prefix) =>
      paths.flatMap((path) =>
        versions.map((version) => ({ httpMethod, ...placed(joinRoute(prefix, path), version, versioning) })),
      ),
    ),
  );
}

function placed(pattern: string, version: string | undefined, versioning: VersioningOptions | undefined) {
  if (versioning?.type !== 'path' || version === undefined) return { pattern, version };
  return { pattern: joinRoute(versionSegment(versioning, version), pattern), version: undefined };
}

/** Joins like {@link joinPath}, but keeps a trailing slash, which may count; `/` alone is the prefix itself. */
function joinRoute(prefix: string, path: string): string {
  const joined = joinPath(prefix, path);
  return /[^/]\/$/.test(path) ? `${joined}/` : joined;
}

function noVersioning(name: string, versions: readonly (string | undefined)[]): string {
  return (
    `${name} has the version ${versions.join(', ')}, but the application reads no versions. Pass ` +
    "versioning: { type: 'path' } or { type: 'header', name: 'x-api-version' } to LambdaApplication.create."
  );
}

/** Characters that mean something in a path or in a pattern, so that `:a` would be every version. */
const NOT_IN_PATHS = /[\s/?#%:*(){}\\]/;

/** @throws BootstrapError for a version that no request could name, or that would mean other versions as well. */
function checkVersion(name: string, version: string, versioning: VersioningOptions | undefined): void {
  const isInPath = versioning?.type === 'path';
  if (isInPath ? !NOT_IN_PATHS.test(version) : version.trim() === version) return;
  throw new BootstrapError(
    `${name} has the version ${JSON.stringify(version)}, which no request can name: ` +
      (isInPath
        ? 'in a path, a version has no spaces, and none of / ? # % : * ( ) { } and \\.'
        : 'the value of a header has no spaces around it.'),
  );
}

/** The characters that precede a parameter's name in a pattern. */
const BEFORE = ':{*';

/**
 * Checks that every `@Param('uid')` is in a path of the method.
 *
 * @param owner As in `Orders.find`.
 * @throws BootstrapError for one that no path has: it would never have a value.
 */
function checkPathParameters(owner: string, { parameters }: MethodMetadata, paths: readonly DeclaredPath[]): void {
  for (const { kind, key } of parameters.values()) {
    if (kind !== 'param' || key === undefined || paths.some(({ pattern }) => hasParameter(pattern, key))) continue;
    const patterns = paths.map(({ pattern }) => `"${pattern}"`).join(' and ');
    throw new BootstrapError(
      `${owner} takes @Param('${key}'), but its path ${patterns} has no ":${key}": correct one of the two.`,
    );
  }
}

/** Searches the text of the pattern: to parse it again would take longer than everything else here. */
function hasParameter(pattern: string, key: string): boolean {
  if (key === '*') return pattern.includes('*');
  for (let at = pattern.indexOf(key); at !== -1; at = pattern.indexOf(key, at + 1)) {
    if (at > 0 && BEFORE.includes(pattern.charAt(at - 1)) && !/\w/.test(pattern.charAt(at + key.length))) return true;
  }
  return false;
}
