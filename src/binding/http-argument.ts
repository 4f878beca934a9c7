import type { ParameterKind } from '../metadata/parameter-metadata.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { isBranded } from '../shared/brand.js';
import type { ArgumentSource } from './argument.js';
import { type ArgumentReader, INVOCATION_SOURCES, type ReaderOf } from './argument-source.js';
import { bodyArgument } from './body-argument.js';
import { isForm, kindReader } from './body-content.js';
import { consumedBy } from './body-kinds.js';
import { LOCATIONS } from './conversion.js';
import { fileArgument } from './file-argument.js';
import type { Parameter } from './parameter.js';

const SOURCES: { readonly [K in ParameterKind]?: ReaderOf } = {
  ...INVOCATION_SOURCES,
  query: queryReader,
  param: ({ key }) => (key === undefined ? ({ request }) => request.params : ({ request }) => request.params[key]),
  headers: headerReader,
  cookies: ({ key }) => (key === undefined ? ({ request }) => request.cookies : ({ request }) => request.cookies[key]),
  request: () => ({ request }) => request,
  response: () => ({ response }) => response,
  ip: () => ({ request }) => request.ip,
  requestId: () => ({ request }) => request.id,
};

/** Where an HTTP request has the values of parameters. */
export const httpArgument: ArgumentSource = {
  isForm: ({ request }) => isForm(request),
  refuseOthers({ controller, key, metadata }, parameters) {
    if (parameters.some(({ kind }) => LOCATIONS[kind] === 'body')) return undefined;
    const kinds = consumedBy(controller, metadata, `${controller.name}.${String(key)}`);
    if (!kinds || kinds.includes('any')) return undefined;
    const kindOf = kindReader(kinds);
    return ({ request }) => void kindOf(request);
  },
  read(parameter, options, convert) {
    if (parameter.kind === 'body') return bodyArgument(parameter, options, convert);
    if (parameter.kind === 'uploadedFile' || parameter.kind === 'uploadedFiles') return fileArgument(parameter, options.uploads);
    const source = SOURCES[parameter.kind];
    if (source) return source(parameter);
    throw new BootstrapError(`${parameter.where}: @Record() is for consumers; a request has no record.`);
  },
};

function headerReader({ key, type }: Parameter): ArgumentReader {
  if (key === undefined) return ({ request }) => request.headers;
  const name = key.toLowerCase();
  return type === Array ? ({ request }) => request.headerValues(name) : ({ request }) => request.header(name);
}

function queryReader({ key, pipes }: Parameter): ArgumentReader {
  if (key === undefined) return ({ request }) => request.query;
  const separator = separatorOf(pipes);
  return separator === undefined ? ({ request }) => request.queryValue(key) : ({ request }) => request.queryItems(key, separator);
}

/** Of the pipe that makes a list of a text. What stands before it may see the list, unless it only has a value for a missing one. */
function separatorOf(pipes: readonly unknown[]): string | undefined {
  const pipe = pipes.find((each) => !isBranded(each, 'DefaultValuePipe'));
  if (!isBranded(pipe, 'ParseArrayPipe')) return undefined;
  return typeof pipe === 'function' ? ',' : (pipe as { readonly separator: string }).separator;
}
