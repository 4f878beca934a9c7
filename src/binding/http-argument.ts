import { readForm } from '../http/request/read-form.js';
import type { FormOptions } from '../http/request/upload-options.js';
import type { ParameterKind } from '../metadata/class-record.js';
import { chain } from '../shared/promise.js';
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
    return source ? source(plan) : fileArgument(plan, uploads);
  },
};

function headerReader({ key, type }: ArgumentPlan): ArgumentReader {
  if (key === undefined) return ({ request }) => request.headers;
  const name = key.toLowerCase();
  return type === Array ? ({ request }) => request.headerValues(name) : ({ request }) => request.header(name);
}

function queryReader({ key, separator }: ArgumentPlan): ArgumentReader {
  if (key === undefined) return ({ request }) => request.query;
  return separator === undefined
    ? ({ request }) => request.queryValue(key)
    : ({ request }) => request.queryItems(key, separator);
}

/** Reads the files of a multipart body, one or all; with a key, only those of that field. */
function fileArgument({ kind, key }: ArgumentPlan, uploads: FormOptions): ArgumentReader {
  const one = kind === 'uploadedFile';
  return ({ request }) =>
    chain(readForm(request, uploads), ({ files }) => {
      const wanted = key === undefined ? files : files.filter((file) => file.fieldName === key);
      return one ? wanted[0] : wanted;
    });
}
