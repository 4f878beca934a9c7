import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  classMetadata,
  type ControllerMetadata,
  type HttpMethod,
  type MethodMetadata,
} from '../../metadata/class-metadata.js';
import type { Constructor } from '../../shared/types.js';
import { joinPath } from '../options/join-path.js';
import type { VersioningOptions } from '../options/versioning-options.js';

/** A method that answers requests, and every place at which it does. */
interface ControllerRoute {
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
  readonly paths: readonly RoutePath[];
}

/**
 * The routes of a controller, from its metadata.
 *
 * @param prefix Stands before every path: of a lazy module.
 * @throws BootstrapError for a version that nobody reads, and for a path parameter that is in no path.
 */
export function controllerRoutes(
  type: Constructor,
  prefix: string,
  versioning: VersioningOptions | undefined,
): ControllerRoute[] {
  const { methods, controller = { paths: [''] } } = classMetadata(type);
  const prefixed =
    prefix === '' ? controller : { ...controller, paths: controller.paths.map((path) => joinPath(prefix, path)) };
  return [...methods]
    .filter(([, metadata]) => metadata.routes.length > 0)
    .map(([key, metadata]) => {
      const name = `${type.name}.${String(key)}`;
      const paths = routePaths(name, prefixed, metadata, versioning);
      checkPathParameters(name, metadata, paths);
      return { key, metadata, paths };
    });
}

/** One place at which a method is to be found. */
export interface RoutePath {
  readonly httpMethod: HttpMethod | 'ALL';
  readonly pattern: string;
  /** Of header versioning; a path version stands in the pattern. */
  readonly version: string | undefined;
}

/** Every path of a method: of each of its verbs, prefixes, paths and versions. */
function routePaths(
  name: string,
  controller: ControllerMetadata,
  method: MethodMetadata,
  versioning: VersioningOptions | undefined,
): RoutePath[] {
  const versions = method.versions ??
    controller.versions ?? [versioning?.type === 'path' ? versioning.default : undefined];
  if (!versioning && versions.some((version) => version !== undefined))
    throw new BootstrapError(noVersioning(name, versions));
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
  return { pattern: joinRoute(`${versioning.prefix ?? 'v'}${version}`, pattern), version: undefined };
}

/**
 * {@link joinPath} of a prefix and a route's path, which keeps a slash at its end: it may count. `/` alone is the prefix
 * itself.
 */
function joinRoute(prefix: string, path: string): string {
  const joined = joinPath(prefix, path);
  return /[^/]\/$/.test(path) ? `${joined}/` : joined;
}

function noVersioning(name: string, versions: readonly (string | undefined)[]): string {
  return (
    `${name} has the version ${versions.join(', ')}, but the application reads no versions. ` +
    "Give LambdaApplication.create the option versioning: { type: 'path' } or { type: 'header', name: 'x-api-version' }."
  );
}

/** What stands before a parameter's name in a pattern. */
const BEFORE = ':{*';

/**
 * Refuses a `@Param('uid')` that no path of the method has: its value would never be there.
 *
 * @param owner As in `Orders.find`.
 * @throws BootstrapError
 */
function checkPathParameters(owner: string, { parameters }: MethodMetadata, paths: readonly RoutePath[]): void {
  for (const { kind, key } of parameters.values()) {
    if (kind !== 'param' || key === undefined || paths.some(({ pattern }) => hasParameter(pattern, key))) continue;
    const patterns = paths.map(({ pattern }) => `"${pattern}"`).join(' and ');
    throw new BootstrapError(
      `${owner} takes @Param('${key}'), but its path ${patterns} has no ":${key}": correct one of the two.`,
    );
  }
}

/** By its text: parsing each pattern once more would take the start longer than everything else about it. */
function hasParameter(pattern: string, key: string): boolean {
  if (key === '*') return pattern.includes('*');
  for (let at = pattern.indexOf(key); at !== -1; at = pattern.indexOf(key, at + 1)) {
    if (at > 0 && BEFORE.includes(pattern.charAt(at - 1)) && !/\w/.test(pattern.charAt(at + key.length))) return true;
  }
  return false;
}
