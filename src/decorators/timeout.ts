import { BootstrapError } from '../errors/bootstrap-error.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

/**
 * Sets the timeout of a route or consumer. Routes default to `FUNCTION_TIMEOUT`, consumers to the invocation's
 * remaining time. The invocation's own timeout still applies.
 *
 * @param seconds Above 0.
 */
export function Timeout(seconds: number): ClassOrMethodDecorator {
  if (!(Number.isFinite(seconds) && seconds > 0)) {
    throw new BootstrapError(`@Timeout(${String(seconds)}): it takes a number of seconds above 0`);
  }
  return classOrMethod((metadata) => {
    metadata.timeout = seconds;
  });
}
