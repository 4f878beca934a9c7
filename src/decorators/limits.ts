import { BootstrapError } from '../errors/bootstrap-error.js';
import { isOptions, noOptions } from '../errors/refuse-unknown-options.js';
import type { CorsOptions } from '../http/cors.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import { type ClassOrMethodDecorator, classOrMethod } from './class-or-method.js';

/**
 * How long a method may take, in seconds: a route, instead of `FUNCTION_TIMEOUT`, or a consumer, which otherwise has what
 * the invocation has. The invocation's own time still ends it.
 */
export function Timeout(seconds: number): ClassOrMethodDecorator {
  if (!(Number.isFinite(seconds) && seconds > 0)) {
    throw new BootstrapError(`@Timeout(${String(seconds)}): it takes a number of seconds above 0`);
  }
  return classOrMethod((metadata) => {
    metadata.timeout = seconds;
  });
}

/** CORS for a class or a route, instead of the `cors` option of `create`; `false` turns it off there. */
export function Cors(...given: [options?: CorsOptions | false]): ClassOrMethodDecorator {
  noteUncalled(given, '@Cors');
  // `undefined` in their place was to be some origins, and not all of them.
  const options = given.length === 0 ? { origin: '*' } : given[0];
  return classOrMethod((metadata) => {
    metadata.cors = options;
    // What it holds is looked at with the route.
    if (options !== false && !isOptions(options)) {
      noteMistake(metadata, noOptions(options, ['origin', 'and the like'], '@Cors'));
    }
  });
}
