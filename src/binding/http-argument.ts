import { readFiles } from '../http/request/read-form.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import type { ArgumentPlan } from './argument-plan.js';
import { bodyArgument } from './body-argument.js';
import { hasForm } from './body-content.js';
import { type ArgumentReader, type ArgumentSource, INVOCATION_SOURCES, type ReaderOf } from './compile-argument.js';

const SOURCES: { readonly [K in ParameterKind]?: ReaderOf } = {
  ...INVOCATION_SOURCES,
  query: queryReader,
  param: ({ key }) => (key === undefined ? ({ request }) => request.params : ({ request }) => request.params[key]),
  headers: headerReader,
  cookies: ({ key }) => (key === undefined ? ({ request }) => request.cookies : ({ request }) => request.cookies[key]),
  request:
    () =>
    ({ request }) =>
      request,
  response:
    () =>
    ({ response }) =>
      response,
  ip:
    () =>
    ({ request }) =>
      request.ip,
  requestId:
    () =>
    ({ request }) =>
      request.id,
};

/** Finds the values of parameters in HTTP requests. */
export const httpArgument: ArgumentSource = {
  isForm: ({ request }) => hasForm(request),
  read(plan, { uploads }, convert) {
    if (plan.kind === 'body') return bodyArgument(plan, uploads, convert);
    const source = SOURCES[plan.kind];
    return source ? source(plan) : ({ request }) => readFiles(request, uploads, plan);
  },
};

function headerReader({ key, type, pipes }: ArgumentPlan): ArgumentReader {
  if (key === undefined) return ({ request }) => request.headers;
  const name = key.toLowerCase();
  if (type !== Array) return ({ request }) => request.header(name);
  // A list without values is an empty one, but pipes have to know of a missing header, to give a default or to refuse.
  if (!pipes) return ({ request }) => request.headerValues(name);
  return ({ request }) => (request.header(name) === undefined ? undefined : request.headerValues(name));
}

function queryReader({ key, separator }: ArgumentPlan): ArgumentReader {
  if (key === undefined) return ({ request }) => request.query;
  return separator === undefined
    ? ({ request }) => request.queryValue(key)
    : ({ request }) => request.queryItems(key, separator);
}
