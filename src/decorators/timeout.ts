import { BootstrapError } from '../errors/bootstrap-error.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

/**
 * How long a method may take, in seconds: a route, instead of `FUNCTION_TIMEOUT`, or a consumer, which otherwise has
 * what the invocation has. The invocation's own time still ends it.
 */
export function Timeout(seconds: number): ClassOrMethodDecorator {
  if (!(Number.isFinite(seconds) && seconds > 0)) {
    throw new BootstrapError(`@Timeout(${String(seconds)}): it takes a number of seconds above 0`);
  }
  return classOrMethod((metadata) => {
    metadata.timeout = seconds;
  });
}
