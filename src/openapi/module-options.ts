import type { ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Constructor } from '../shared/types.js';
import type { OpenApiOptions } from './openapi-options.js';

// Shared with another copy of the package: a command line's, which reads what an application's has kept.
const OPTIONS = Symbol.for('lambent.openapi-options');

/** Keeps the options of a module with the controller that serves its document. */
export function keepModuleOptions(controller: Constructor, options: OpenApiOptions): void {
  Object.defineProperty(controller, OPTIONS, { value: options });
}

/** The options that the application gave its `OpenApiModule`; `undefined` when it imports none. */
export function givenOptions({ routes }: ApplicationDescription): OpenApiOptions | undefined {
  return routes.map((route) => (route.controller as { [OPTIONS]?: OpenApiOptions })[OPTIONS]).find((options) => options !== undefined);
}

/**
 * The options that the application gave its `OpenApiModule`.
 *
 * @throws BootstrapError when it imports none.
 */
export function moduleOptions(description: ApplicationDescription): OpenApiOptions {
  const options = givenOptions(description);
  if (options) return options;
  throw new BootstrapError(
    "Nothing says what the API document is called: import OpenApiModule.forRoot({ title: 'Orders', version: '1.0.0' }) in the " +
      'root module, or give these options to createOpenApiDocument.',
  );
}
