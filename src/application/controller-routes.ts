import { classMetadata, type MethodMetadata } from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';
import { checkPathParameters } from './check-path-parameters.js';
import { joinPath, type RoutePath, routePaths } from './route-paths.js';
import type { VersioningOptions } from './versioning.js';

/** A method that answers requests, and every place at which it does. */
export interface ControllerRoute {
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
export function controllerRoutes(type: Constructor, prefix: string, versioning: VersioningOptions | undefined): ControllerRoute[] {
  const { methods, controller = { paths: [''] } } = classMetadata(type);
  const prefixed = prefix === '' ? controller : { ...controller, paths: controller.paths.map((path) => joinPath(prefix, path)) };
  return [...methods]
    .filter(([, metadata]) => metadata.routes.length > 0)
    .map(([key, metadata]) => {
      const name = `${type.name}.${String(key)}`;
      const paths = routePaths(name, prefixed, metadata, versioning);
      checkPathParameters(name, metadata, paths);
      return { key, metadata, paths };
    });
}
