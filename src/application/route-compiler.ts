import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { corsPolicy, type CorsOptions, type CorsPolicy } from '../http/cors.js';
import { classMetadata, type EnhancerMetadata } from '../metadata/class-metadata.js';
import type { Container, ControllerEntry } from '../modules/container.js';
import type { ModuleNode } from '../modules/module-node.js';
import type { Provided } from '../modules/resolver.js';
import type { Token } from '../shared/token.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import { compileRoute } from './compile-route.js';
import type { ApplicationConfig } from './config.js';
import { controllerRoutes } from './controller-routes.js';
import type { Enhancers } from './enhancers.js';
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
  compile(entry: ControllerEntry<HttpContext>, prefix = ''): Route[] {
    const { json, options, uploads, validation } = this.config;
    const { type, module, provided } = entry;
    const { enhancers, timeout, cors } = classMetadata(type);
    const binding = {
      uploads,
      validation,
      resolvePipe: (pipe: Constructor<PipeTransform>) => this.container.resolver(pipe, module),
      resolveToken: (token: Token) => this.container.resolver(token, module),
    };
    return controllerRoutes(type, prefix, options.versioning).flatMap(({ key, metadata, paths }) =>
      paths.map(
        compileRoute({
          target: { controller: type, key, metadata },
          controller: provided as Provided<object>,
          levels: [this.globals, this.enhancers(enhancers, module), this.enhancers(metadata.enhancers, module)],
          binding,
          json,
          timeout: metadata.timeout ?? timeout,
          cors: corsOf(metadata.cors ?? cors),
        }),
      ),
    );
  }

  /** Instances stay as they are, classes are found in the module. */
  enhancers({ guards, interceptors, pipes, filters }: EnhancerMetadata, module: ModuleNode): Enhancers {
    const find = <T>(given: unknown) => this.#provided<T>(given, module);
    return {
      guards: guards.map(find<CanActivate>),
      interceptors: interceptors.map(find<Interceptor>),
      pipes: pipes.map(find<PipeTransform>),
      filters: filters.map((given) => ({ filter: find<ExceptionFilter>(given), catches: catchesOf(given) })),
    };
  }

  #provided<T>(given: unknown, module: ModuleNode): Provided<T> {
    return typeof given === 'function' ? this.container.resolver(given as Constructor<T>, module) : { instance: given as T };
  }
}

/** What a filter catches, by its class. */
export function catchesOf(filter: unknown): readonly AbstractConstructor[] {
  const type = typeof filter === 'function' ? filter : (filter as object).constructor;
  return classMetadata(type as Constructor).catches ?? [];
}

function corsOf(given: unknown): CorsPolicy | false | undefined {
  return given === undefined || given === false ? given : corsPolicy(given as CorsOptions);
}
