import type { PipeTransform } from '../contracts/pipeline.js';
import { corsPolicy, type CorsOptions, type CorsPolicy } from '../http/cors.js';
import { classMetadata } from '../metadata/class-metadata.js';
import type { Container, PlannedController } from '../modules/container.js';
import type { Provided } from '../modules/resolver.js';
import type { Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { compileRoute } from './compile-route.js';
import type { ApplicationConfig } from './config.js';
import { controllerRoutes } from './controller-routes.js';
import { type Enhancers, findEnhancers } from './enhancers.js';
import type { HttpContext } from './http-context.js';
import type { Route } from './route.js';

/** Compiles the routes of controllers once their modules are there. */
export class RouteCompiler {
  constructor(
    readonly container: Container<HttpContext>,
    readonly config: ApplicationConfig,
    readonly globals: Enhancers,
  ) {}

  /** @param prefix Stands before every path: of a lazy module. */
  compile({ type, module, provided }: PlannedController<HttpContext>, prefix = ''): Route[] {
    const { container, config, globals } = this;
    const { json, options, uploads, validation } = config;
    const { enhancers, timeout, cors } = classMetadata(type);
    const ofController = findEnhancers(enhancers, container, module);
    const find = <T>(token: Token<T>) => container.provided(token, module) as Provided<T>;
    const binding = { uploads, validation, resolvePipe: (pipe: Constructor<PipeTransform>) => find(pipe), resolveToken: find };
    return controllerRoutes(type, prefix, options.versioning).flatMap(({ key, metadata, paths }) =>
      paths.map(
        compileRoute({
          target: { controller: type, key, metadata },
          instance: provided as Provided<object>,
          levels: [globals, ofController, findEnhancers(metadata.enhancers, container, module)],
          binding,
          json,
          timeout: metadata.timeout ?? timeout,
          cors: corsOf(metadata.cors ?? cors),
        }),
      ),
    );
  }
}

function corsOf(given: unknown): CorsPolicy | false | undefined {
  return given === undefined || given === false ? given : corsPolicy(given as CorsOptions);
}
