/**
 * Guides of names that no section has as its subject in a way that can be found: its heading, a row of a table, an item
 * of a list or its first paragraph.
 *
 * @type {Record<string, string>}
 */
export const DECLARED_LINKS = {
  Body: 'controllers-and-parameters.md#parameters-by-decorator',
  Catch: 'pipeline.md#exception-filters',
  createParamDecorator: 'controllers-and-parameters.md#custom-parameter-decorators',
  Event: 'controllers-and-parameters.md#parameters-by-decorator',
  fromMiddy: 'middy.md',
  getLogger: 'logging.md#writing-logs',
  lazy: 'modules-and-providers.md#lazy-modules',
  Logger: 'logging.md#writing-logs',
  OnAuthorize: 'events/authorizers.md',
  OnEvent: 'events/direct-invocation.md',
  SetMetadata: 'pipeline.md#custom-metadata',
  TimeoutInterceptor: 'pipeline.md#timeouts',
  UseFilters: 'pipeline.md#exception-filters',
  ValidationException: 'errors.md#http-exceptions',
};

/** One for each status. */
export const HTTP_EXCEPTIONS = { names: /^(?!Validation)\w+Exception$/, link: 'errors.md#http-exceptions' };
