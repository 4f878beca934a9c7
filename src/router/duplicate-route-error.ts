import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Route } from './route-node.js';

/** Makes the error for two routes that match the same requests. */
export function duplicateRoute<T>(first: Route<T>, second: Route<T>, describe: (target: T) => string): BootstrapError {
  const [one, other] = [describe(first.target), describe(second.target)];
  const version = second.version === undefined ? '' : ` in version ${second.version}`;
  const paths =
    first.pattern === second.pattern
      ? ` ${first.pattern}`
      : `: some path matches "${first.pattern}" and "${second.pattern}", and neither is more specific`;
  return new BootstrapError(
    `${one} and ${other} both handle ${second.method}${paths}${version}. ` +
      'Change the method, the path or the version of one of them.',
  );
}
