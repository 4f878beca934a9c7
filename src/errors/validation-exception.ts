import { brand } from '../shared/brand.js';
import {
  MAX_DETAIL_KEY,
  MAX_DETAIL_MESSAGE,
  MAX_DETAILS,
  MAX_DETAILS_LENGTH,
  shortened,
} from '../shared/input-limits.js';
import { UnprocessableEntityException } from './exceptions.js';
import { inputsOf, noteInputs, type ValidationDetail } from './validation-detail.js';

/**
 * 422: the input could be read, but breaks rules. `detail` lists the validation errors: at most 1,000, with long keys
 * and messages shortened, because gateways limit the size of a response.
 */
export class ValidationException extends UnprocessableEntityException {
  declare readonly detail: ValidationDetail[];

  constructor(detail: ValidationDetail[]) {
    super(boundedDetails(detail));
  }
}
brand(ValidationException, 'ValidationException');

/** No input that is read is nested deeper. */
const MAX_LOC_LENGTH = 100;

/** Characters that an index counts. */
const INDEX_LENGTH = 6;

/** Returns the details unchanged, or as many as a response can hold, with long keys and messages shortened. */
export function boundedDetails(details: ValidationDetail[]): ValidationDetail[] {
  return fit(details) ? details : noteInputs(cut(details), ...inputsOf(details));
}

/** One pass without calls and iterators: it is done for each detail of each exception, and nearly all of them fit. */
function fit(details: readonly ValidationDetail[]): boolean {
  if (details.length > MAX_DETAILS) return false;
  let left = MAX_DETAILS_LENGTH;
  for (let index = 0; index < details.length; index++) {
    const { loc, msg, type } = details[index]!;
    if (msg.length > MAX_DETAIL_MESSAGE || loc.length > MAX_LOC_LENGTH) return false;
    left -= msg.length + type.length;
    for (let at = 0; at < loc.length; at++) {
      const key = loc[at]!;
      const length = typeof key === 'string' ? key.length : INDEX_LENGTH;
      if (length > MAX_DETAIL_KEY) return false;
      left -= length;
    }
    if (left < 0) return false;
  }
  return true;
}

/** Keeps at least one, however long: an empty list would say that nothing is wrong. */
function cut(details: readonly ValidationDetail[]): ValidationDetail[] {
  const kept: ValidationDetail[] = [];
  let left = MAX_DETAILS_LENGTH;
  for (const detail of details) {
    const bounded = fit([detail]) ? detail : shortenedDetail(detail);
    left -= lengthOf(bounded);
    if (kept.length === MAX_DETAILS || (left < 0 && kept.length > 0)) break;
    kept.push(bounded);
  }
  return kept;
}

function shortenedDetail(detail: ValidationDetail): ValidationDetail {
  const loc = detail.loc
    .slice(0, MAX_LOC_LENGTH)
    .map((key) => (typeof key === 'string' ? shortened(key, MAX_DETAIL_KEY) : key));
  return { ...detail, loc, msg: shortened(detail.msg, MAX_DETAIL_MESSAGE) };
}

function lengthOf({ loc, msg, type }: ValidationDetail): number {
  let length = msg.length + type.length;
  for (const key of loc) length += typeof key === 'string' ? key.length : INDEX_LENGTH;
  return length;
}
