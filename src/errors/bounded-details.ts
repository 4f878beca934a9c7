import { MAX_DETAIL_KEY, MAX_DETAIL_MESSAGE, MAX_DETAILS, MAX_DETAILS_LENGTH, shortened } from '../shared/input-bounds.js';
import type { ValidationDetail } from './validation-detail.js';
import { inputsOf, noteInputs } from './validation-inputs.js';

/** The details as they are, or as many as an answer can hold, with keys and messages that may be cut. */
export function boundedDetails(details: ValidationDetail[]): ValidationDetail[] {
  const kept: ValidationDetail[] = [];
  let left = MAX_DETAILS_LENGTH;
  let cut = details.length > MAX_DETAILS;
  for (const detail of details) {
    const bounded = boundedDetail(detail);
    left -= lengthOf(bounded);
    if (kept.length === MAX_DETAILS || (left < 0 && kept.length > 0)) break;
    kept.push(bounded);
    if (bounded !== detail) cut = true;
  }
  return cut || kept.length < details.length ? noteInputs(kept, ...inputsOf(details)) : details;
}

function boundedDetail(detail: ValidationDetail): ValidationDetail {
  const { loc, msg } = detail;
  if (!isLong(detail)) return detail;
  return { ...detail, loc: loc.slice(0, MAX_KEYS).map(boundedKey), msg: shortened(msg, MAX_DETAIL_MESSAGE) };
}

/** Deeper than this is no input that is read. */
const MAX_KEYS = 100;

function isLong({ loc, msg }: ValidationDetail): boolean {
  return msg.length > MAX_DETAIL_MESSAGE || loc.length > MAX_KEYS || loc.some((key) => boundedKey(key) !== key);
}

function boundedKey(key: string | number): string | number {
  return typeof key === 'string' ? shortened(key, MAX_DETAIL_KEY) : key;
}

function lengthOf({ loc, msg, type }: ValidationDetail): number {
  return loc.reduce((sum: number, key) => sum + (typeof key === 'string' ? key.length : 6), msg.length + type.length);
}
