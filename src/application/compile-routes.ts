import { httpArgument } from '../binding/http-argument.js';
import { corsPolicy, type CorsOptions } from '../http/cors.js';
import { classMetadata } from '../metadata/class-metadata.js';
import type { PlannedHandler } from '../modules/container.js';
import { compileRoute } from './compile-route.js';
import { controllerRoutes } from './controller-routes.js';
import type { EventContext } from './event-context.js';
import type { MethodCompiler } from './method-compiler.js';
import type { Route } from './route.js';

/**
 * Compiles the routes of a controller.
 *
 * @param prefix Stands before every path: of a lazy module.
 */
export function compileRoutes(owner: PlannedHandler<EventContext>, methods: MethodCompiler, prefix = ''): Route[] {
  const { json, options } = methods.config;
  const corsOfClass = corsOf(classMetadata(owner.type).cors);
  return controllerRoutes(owner.type, prefix, options.versioning).flatMap(({ key, metadata, paths }) => {
    const parts = methods.parts({ owner, key, metadata }, { type: 'http', source: httpArgument });
    const cors = metadata.cors === undefined ? corsOfClass : corsOf(metadata.cors);
    return paths.map(compileRoute({ ...parts, json, cors, corsOfPath: corsOfClass ?? cors }));
  });
}

function corsOf(given: unknown): Route['cors'] {
  return given === undefined || given === false ? given : corsPolicy(given as CorsOptions);
}
