import type { ExecutionContext } from '../contracts/execution-context.js';
import type { ParameterKind } from '../metadata/parameter-metadata.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Parameter } from './parameter.js';

/** What arguments are read from: the context of the event, which also holds its request-scoped instances. */
export type BindingContext = ExecutionContext & EventScope;

export type ArgumentReader = (context: BindingContext) => MaybePromise<unknown>;

/** Kinds whose value stands in the request or the invocation as it is; bodies, files and providers have files of their own. */
type PlainKind = Exclude<ParameterKind, 'body' | 'uploadedFile' | 'uploadedFiles' | 'inject'>;

const SOURCES: { readonly [K in PlainKind]: (parameter: Parameter) => ArgumentReader } = {
  query: ({ key }) => (key === undefined ? ({ request }) => request.query : ({ request }) => request.query[key]),
  param: ({ key }) => (key === undefined ? ({ request }) => request.params : ({ request }) => request.params[key]),
  headers: headerReader,
  cookies: ({ key }) => (key === undefined ? ({ request }) => request.cookies : ({ request }) => request.cookies[key]),
  request: () => ({ request }) => request,
  response: () => ({ response }) => response,
  ip: () => ({ request }) => request.ip,
  requestId: () => ({ request }) => request.id,
  event: () => ({ event }) => event,
  context: () => ({ lambdaContext }) => lambdaContext,
  signal: () => ({ signal }) => signal,
  custom: ({ factory, data }) => (context) => factory?.(data as never, context as never),
};

export function plainSource(parameter: Parameter & { kind: PlainKind }): ArgumentReader {
  return SOURCES[parameter.kind](parameter);
}

function headerReader({ key, type }: Parameter): ArgumentReader {
  if (key === undefined) return ({ request }) => request.headers;
  const name = key.toLowerCase();
  return type === Array ? ({ request }) => request.headerValues(name) : ({ request }) => request.header(name);
}
