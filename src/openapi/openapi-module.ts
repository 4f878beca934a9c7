import { APPLICATION_DESCRIPTION, type ApplicationDescription } from '../contracts/application-description.js';
import { aRoutePath, callable, either, listOf, oneOf } from '../errors/check-options.js';
import { HtmlResponse } from '../http/response/html-response.js';
import { Response } from '../http/response/response.js';
import { builtInMetadata, ownClassMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import { onDemand } from '../shared/on-demand.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import { checkOpenApiOptions, keepModuleOptions, type OpenApiOptions } from './openapi-options.js';
import type { PagePaths } from './page/documentation-page.js';

/** Options of `OpenApiModule.forRoot`: those of the document, and where the document and its page are served. */
export interface OpenApiModuleOptions extends OpenApiOptions {
  /** The path of the document; `/openapi.json` by default. */
  readonly path?: string;
  /** The path of the page; `/docs` by default, `false` for no page. */
  readonly docs?: string | false;
  /**
   * Decorators of the controller that serves both, for example one that lets requests past a global guard, or a guard
   * of its own.
   */
  readonly decorators?: readonly ClassDecorator[];
}

/**
 * Serves the OpenAPI document of the application, and a page to read it and to try the operations.
 *
 * Both are created at the first request for them, and cost nothing before.
 */
export class OpenApiModule {
  /** @throws BootstrapError for an unknown option, a missing title or version, and a path without a leading slash. */
  static forRoot(given: OpenApiModuleOptions): DynamicModule {
    checkOpenApiOptions(given, {
      path: aRoutePath,
      docs: either(aRoutePath, oneOf(false)),
      decorators: listOf(callable),
    });
    const { path = '/openapi.json', docs = '/docs', decorators = [], ...options } = given;
    return {
      module: OpenApiModule,
      controllers: [controllerClass({ paths: { document: path, page: docs || '' }, decorators, options })],
    };
  }
}
brand(OpenApiModule, 'OpenApiModule');
builtInMetadata(OpenApiModule).module = {};

interface ControllerOptions {
  /** `page` is empty for no page. */
  readonly paths: PagePaths;
  readonly decorators: readonly ClassDecorator[];
  readonly options: OpenApiOptions;
}

/** Creates a class for each module, since the path of a route belongs to its class. */
function controllerClass({ paths, decorators, options }: ControllerOptions): Constructor {
  class OpenApiController {
    /** Loads the code for both at the first request for one of them: a bundler gives it a chunk of its own. */
    readonly #load = onDemand(async () => {
      const { ServedDocument } = await import('./served-document.js');
      return new ServedDocument(await this.describe(), options);
    });

    constructor(private readonly describe: () => MaybePromise<ApplicationDescription>) {}

    async document(): Promise<Response> {
      const { text } = await this.#load();
      return new Response(text, { mediaType: 'application/json' });
    }

    async page(): Promise<HtmlResponse> {
      const served = await this.#load();
      const { text, policy } = await served.page(paths);
      return new HtmlResponse(text, { headers: { 'content-security-policy': policy } });
    }
  }
  const metadata = ownClassMetadata(OpenApiController);
  metadata.controller = { paths: [''] };
  metadata.api = { excluded: true };
  keepModuleOptions(OpenApiController, options);
  metadata.injections.set(0, { token: APPLICATION_DESCRIPTION });
  addRoute(OpenApiController, 'document', paths.document);
  if (paths.page) addRoute(OpenApiController, 'page', paths.page);
  for (const decorate of decorators.toReversed()) decorate(OpenApiController);
  return OpenApiController;
}

function addRoute(controller: Constructor, key: string, path: string): void {
  ownMethodMetadata(controller.prototype, key).routes.push({ method: 'GET', paths: [path] });
}
