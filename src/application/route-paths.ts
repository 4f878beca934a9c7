import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ControllerMetadata, HttpMethod, MethodMetadata } from '../metadata/class-metadata.js';
import type { VersioningOptions } from './versioning.js';

/** One place at which a method is to be found. */
export interface RoutePath {
  readonly httpMethod: HttpMethod | 'ALL';
  readonly pattern: string;
  /** Of header versioning; a path version stands in the pattern. */
  readonly version: string | undefined;
}

/** Every path of a method: of each of its verbs, prefixes, paths and versions. */
export function routePaths(
  name: string,
  controller: ControllerMetadata,
  method: MethodMetadata,
  versioning: VersioningOptions | undefined,
): RoutePath[] {
  const versions = method.versions ?? controller.versions ?? [versioning?.type === 'path' ? versioning.default : undefined];
  if (!versioning && versions.some((version) => version !== undefined)) throw new BootstrapError(noVersioning(name, versions));
  return method.routes.flatMap(({ method: httpMethod, paths }) =>
    controller.paths.flatMap((prefix) =>
      paths.flatMap((path) => versions.map((version) => ({ httpMethod, ...placed(joinRoute(prefix, path), version, versioning) }))),
    ),
  );
}

function placed(pattern: string, version: string | undefined, versioning: VersioningOptions | undefined) {
  if (versioning?.type !== 'path' || version === undefined) return { pattern, version };
  return { pattern: joinRoute(`${versioning.prefix ?? 'v'}${version}`, pattern), version: undefined };
}

/** {@link joinPath} of a prefix and a route's path, which keeps a slash at its end: it may count. `/` alone is the prefix itself. */
function joinRoute(prefix: string, path: string): string {
  const joined = joinPath(prefix, path);
  return /[^/]\/$/.test(path) ? `${joined}/` : joined;
}

/** Joins with single slashes; the result starts with one and ends with none. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.map(withoutSlashes).filter((part) => part !== '');
  return `/${joined.join('/')}`;
}

function withoutSlashes(part: string): string {
  return part.startsWith('/') || part.endsWith('/') ? part.replace(/^\/+|(?<!\/)\/+$/g, '') : part;
}

function noVersioning(name: string, versions: readonly (string | undefined)[]): string {
  return (
    `${name} has the version ${versions.join(', ')}, but the application reads no versions. ` +
    "Give LambdaApplication.create the option versioning: { type: 'path' } or { type: 'header', name: 'x-api-version' }."
  );
}
