import type { ArgumentMetadata } from '../../contracts/pipeline.js';
import { callable, flag, type Rules, wholeNumber } from '../../errors/option-rules.js';
import { HttpException } from '../../errors/http-exception.js';
import { type ValidationDetail, ValidationException } from '../../errors/validation-exception.js';
import { described } from '../../errors/yes-or-no.js';
import type { ParameterKind } from '../../metadata/parameter-metadata.js';
import { type InputSource, type Loc, locOf } from '../input-reader.js';

/** What every built-in pipe that refuses values can be told; the names are NestJS's. */
export interface ParsePipeOptions {
  /** Lets `undefined` and `null` pass. */
  optional?: boolean;
  /** The status of the answer instead of 422. */
  errorHttpStatusCode?: number;
  /** Makes the error that is thrown instead. */
  exceptionFactory?: (message: string) => unknown;
}

export const PARSE_PIPE_RULES: Rules<ParsePipeOptions> = {
  optional: flag,
  errorHttpStatusCode: wholeNumber(400, 599),
  exceptionFactory: callable,
};

const LOCATIONS: Partial<Record<ParameterKind, InputSource['location']>> = {
  query: 'query',
  param: 'path',
  headers: 'header',
  cookies: 'cookie',
};

/** Where an argument comes from; everything that has no place of its own comes with the body. */
export function sourceOf({ type, data, strings }: ArgumentMetadata): InputSource {
  const location = LOCATIONS[type] ?? 'body';
  // JSON has types of its own, everywhere else there are only strings.
  return { location, key: data, strings: strings ?? location !== 'body' };
}

/** The `loc` of an error about an argument. */
export function argumentLoc(metadata: ArgumentMetadata): Loc {
  return locOf(sourceOf(metadata));
}

/**
 * What an `exceptionFactory` made, to be thrown.
 *
 * @throws TypeError where it made no error: a refused value would be answered with nothing that says so.
 */
export function madeError(made: unknown, owner: string): unknown {
  if (made instanceof Error || Object.prototype.toString.call(made) === '[object Error]') return made;
  const advice = made === undefined ? ' Is a return missing?' : '';
  throw new TypeError(`The exceptionFactory of ${owner} returned ${described(made)}: it returns the error to throw.${advice}`);
}

/** A 422 with the details, or the same details with the status that was asked for. */
export function detailsError(details: ValidationDetail[], statusCode = 422): HttpException {
  return statusCode === 422 ? new ValidationException(details) : new HttpException(statusCode, details);
}
