import type { ParameterDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { readForm } from '../http/request/form.js';
import type { FormOptions } from '../http/request/upload-options.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import { isBranded } from '../shared/brand.js';
import { chain } from '../shared/promise.js';
import { INPUT_LOCATIONS } from '../validation/input-reader.js';
import { bodyArgument } from './body-argument.js';
import { hasForm, kindReader } from './body-content.js';
import { consumedBy } from './body-kinds.js';
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
  refuseOthers({ controller, key, metadata }, parameters) {
    if (parameters.some(({ kind }) => INPUT_LOCATIONS[kind] === 'body')) return undefined;
    const kinds = consumedBy(controller, metadata, `${controller.name}.${String(key)}`);
    if (!kinds || kinds.includes('any')) return undefined;
    const kindOf = kindReader(kinds);
    return ({ request }) => void kindOf(request);
  },
  read(parameter, options, convert) {
    if (parameter.kind === 'body') return bodyArgument(parameter, options, convert);
    if (parameter.kind === 'uploadedFile' || parameter.kind === 'uploadedFiles')
      return fileArgument(parameter, options.uploads);
    const source = SOURCES[parameter.kind];
    if (source) return source(parameter);
    throw new BootstrapError(`${parameter.where}: @Record() is for consumers; a request has no record.`);
  },
};

function headerReader({ key, type }: ParameterDescription): ArgumentReader {
  if (key === undefined) return ({ request }) => request.headers;
  const name = key.toLowerCase();
  return type === Array ? ({ request }) => request.headerValues(name) : ({ request }) => request.header(name);
}

function queryReader({ key, pipes }: ParameterDescription): ArgumentReader {
  if (key === undefined) return ({ request }) => request.query;
  const separator = separatorOf(pipes);
  return separator === undefined
    ? ({ request }) => request.queryValue(key)
    : ({ request }) => request.queryItems(key, separator);
}

/**
 * Returns the separator of the first pipe if it is ParseArrayPipe. A DefaultValuePipe may come before it; any other
 * pipe gets the value itself.
 */
function separatorOf(pipes: readonly unknown[]): string | undefined {
  const pipe = pipes.find((each) => !isBranded(each, 'DefaultValuePipe'));
  if (!isBranded(pipe, 'ParseArrayPipe')) return undefined;
  return typeof pipe === 'function' ? ',' : (pipe as { readonly separator: string }).separator;
}

/** Reads the files of a multipart body, one or all; with a key, only those of that field. */
function fileArgument({ kind, key }: ParameterDescription, uploads: FormOptions): ArgumentReader {
  const one = kind === 'uploadedFile';
  return ({ request }) =>
    chain(readForm(request, uploads), ({ files }) => {
      const wanted = key === undefined ? files : files.filter((file) => file.fieldName === key);
      return one ? wanted[0] : wanted;
    });
}
