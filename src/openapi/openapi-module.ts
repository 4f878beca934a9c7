import { APPLICATION_DESCRIPTION, type ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { callable, either, listOf, oneOf, text as aText } from '../errors/check-options.js';
import { HtmlResponse } from '../http/response/html-response.js';
import { Response } from '../http/response/response.js';
import { ownClassMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import type { Constructor } from '../shared/types.js';
import { checkOpenApiOptions, keepModuleOptions, type OpenApiOptions } from './openapi-options.js';
import type { ServedDocument } from './served-document.js';

/** What `OpenApiModule.forRoot` takes: the document's options, and where both are served. */
export interface OpenApiModuleOptions extends OpenApiOptions {
  /** Where the document is, `/openapi.json` unless given. */
  readonly path?: string;
  /** Where the page is, `/docs` unless given; `false` for none. */
  readonly docs?: string | false;
  /**
   * Decorators for the controller that answers both: what lets a request past a global guard, or a guard of their own.
   */
  readonly decorators?: readonly ClassDecorator[];
}

/**
 * Serves the OpenAPI document of the application, and a page to read and try it.
 *
 * Both are made at the first request for them: they cost nothing at the start.
 */
export class OpenApiModule {
  /**
   * @throws BootstrapError for an option that doesn't exist, a missing title or version, and a path without a slash.
   */
  static forRoot(given: OpenApiModuleOptions): DynamicModule {
    checkOpenApiOptions(given, { path: aText, docs: either(aText, oneOf(false)), decorators: listOf(callable) });
    const { path = '/openapi.json', docs = '/docs', decorators = [], ...options } = given;
    for (const place of [path, docs])
      if (place !== false && !place.startsWith('/')) throw new BootstrapError(noSlash(place));
    return { module: OpenApiModule, controllers: [controllerClass({ path, docs, decorators, options })] };
  }
}
brand(OpenApiModule, 'OpenApiModule');
ownClassMetadata(OpenApiModule).module = {};

function noSlash(place: string): string {
  return `The paths of OpenApiModule start with a slash: "/${place}", not "${place}".`;
}

interface ControllerOptions extends Required<Pick<OpenApiModuleOptions, 'path' | 'docs' | 'decorators'>> {
  readonly options: OpenApiOptions;
}

/** A class of its own for each module, since a route's path belongs to its class. */
function controllerClass({ path, docs, decorators, options }: ControllerOptions): Constructor {
  class OpenApiController {
    #served: Promise<ServedDocument> | undefined;

    constructor(private readonly describe: () => ApplicationDescription) {}

    async document(): Promise<Response> {
      const { text } = await this.#load();
      return new Response(text, { mediaType: 'application/json' });
    }

    async page(): Promise<HtmlResponse> {
      const served = await this.#load();
      const { text, policy } = await served.page({ page: docs as string, document: path });
      return new HtmlResponse(text, { headers: { 'content-security-policy': policy } });
    }

    /** What makes both is loaded with the first request for one of them: a bundler gives it a file of its own. */
    #load(): Promise<ServedDocument> {
      return (this.#served ??= import('./served-document.js').then(
        (loaded) => new loaded.ServedDocument(this.describe(), options),
      ));
    }
  }
  const metadata = ownClassMetadata(OpenApiController);
  metadata.controller = { paths: [''] };
  metadata.api = { excluded: true };
  keepModuleOptions(OpenApiController, options);
  metadata.injections.set(0, { token: APPLICATION_DESCRIPTION });
  addRoute(OpenApiController, 'document', path);
  if (docs !== false) addRoute(OpenApiController, 'page', docs);
  for (const decorate of decorators.toReversed()) decorate(OpenApiController);
  return OpenApiController;
}

function addRoute(controller: Constructor, key: string, path: string): void {
  ownMethodMetadata(controller.prototype as object, key).routes.push({ method: 'GET', paths: [path] });
}
