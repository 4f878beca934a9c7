import { reasonPhrase } from '../../errors/reason-phrase.js';
import type { ApiResponseMetadata } from '../../metadata/api-metadata.js';
import type { MethodMetadata } from '../../metadata/class-metadata.js';
import { brandOf } from '../../shared/brand.js';
import type { HeaderObject, Reference, ResponseObject } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { anyErrorContent, errorContent, VALIDATION_RESPONSE } from './error-responses.js';
import type { MethodResult } from './method-result.js';
import { contentOfResult, isUnknownContent, type ResponseContent } from './response-content.js';

/** Responses by status. */
export type Responses = Record<string, ResponseObject | Reference>;

/** A method, and what it returns. */
interface Success {
  readonly method: MethodMetadata;
  readonly result: MethodResult;
}

/**
 * Returns the responses that the code tells of.
 *
 * @param refusals The statuses with which parameters refuse values.
 */
export function derivedResponses(
  { method, result }: Success,
  refusals: ReadonlySet<number>,
  source: SchemaSource,
): Responses {
  const responses: Responses = { [statusOf(method, result)]: successOf(method, result, source) };
  if (result.inSource.nothing && method.statusCode === undefined && !method.redirect)
    responses[204] ??= { description: descriptionOf('204') };
  return { ...responses, ...refusalResponses(refusals, source) };
}

function refusalResponses(refusals: ReadonlySet<number>, { options }: SchemaSource): Responses {
  const { errorHttpStatusCode = 422, exceptionFactory, disableErrorMessages } = options;
  const isListed = (refusal: number) => refusal === 422 && !exceptionFactory && !disableErrorMessages;
  const responses: Responses = {};
  // Those with the list last: another refusal may have the same status.
  for (const refusal of [...refusals].toSorted((one, other) => Number(isListed(one)) - Number(isListed(other)))) {
    // The validation options apply to everything that refuses input without a status of its own.
    const status = refusal === 422 ? errorHttpStatusCode : refusal;
    const description = descriptionOf(String(status));
    if (!isListed(refusal)) responses[status] = { description, content: errorContent() };
    else responses[status] = responses[status] ? { description, content: anyErrorContent() } : VALIDATION_RESPONSE;
  }
  return responses;
}

/**
 * Removes a success whose status is only a guess, and whose type is unknown or read from the source, if others are
 * declared.
 */
export function dropGuessedSuccess(
  derived: Responses,
  declared: readonly ApiResponseMetadata[],
  { method, result }: Success,
): void {
  if (method.statusCode !== undefined || method.redirect) return;
  const successes = declared.map(({ status }) => String(status)).filter((status) => status.startsWith('2'));
  if (successes.length === 0) return;
  const isFromSource = result.inSource.type !== undefined || result.inSource.nothing === true;
  const isGuess = (status: string, response: ResponseObject | Reference) =>
    ('content' in response && isUnknownContent(response.content)) ||
    (isFromSource && /^20[04]$/.test(status) && !successes.includes(status));
  for (const [status, response] of Object.entries(derived)) if (isGuess(status, response)) delete derived[status];
}

function statusOf({ statusCode, redirect }: MethodMetadata, { type, inSource }: MethodResult): number {
  const usual = inSource.nothing && !inSource.type ? 204 : 200;
  return redirect?.statusCode ?? statusCode ?? (brandOf(type) === 'RedirectResponse' ? 307 : usual);
}

function successOf(method: MethodMetadata, result: MethodResult, source: SchemaSource): ResponseObject {
  const { type, inSource } = result;
  const status = statusOf(method, result);
  const description = descriptionOf(String(status));
  if (method.redirect || brandOf(type) === 'RedirectResponse') return { description, headers: { location: LOCATION } };
  if (status === 204 || status === 304 || (inSource.nothing && !inSource.type)) return { description };
  return {
    description,
    content: Object.assign(
      {},
      ...mediaTypesOf(method).map((mediaType) => contentOfResult(result, mediaType, source)),
    ) as ResponseContent,
  };
}

/** The media types that results are sent with; `undefined` for the usual one of the result's type. */
export function mediaTypesOf({ headers, api }: MethodMetadata): readonly (string | undefined)[] {
  const [, sent] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return sent === undefined ? (api?.produces ?? [undefined]) : [sent];
}

export const LOCATION: HeaderObject = { description: 'Where to go next.', schema: { type: 'string' } };

/** Describes a response of which nothing but the status is known. */
export function descriptionOf(status: string): string {
  if (status === 'default') return 'Any other response';
  return reasonPhrase(Number(status)) ?? `Status ${status}`;
}
