import type { ValidationDetail } from '../errors/validation-detail.js';
import { MAX_DETAILS } from '../shared/input-limits.js';
import type { Loc } from './input-reader.js';

/** A custom rule may have no message, and the library's message for an unknown class is about a function call. */
export function detailMessage(type: string, message: string | undefined, loc: Loc): string {
  if (type === 'unknownValue') return `${loc.at(-1)} is not of a type that can be checked`;
  return message || `${loc.at(-1)} is invalid`;
}

/**
 * Merges the errors of one input. Those of rules come first, without those inside a value of the wrong shape. A failed
 * conversion is reported only if no rule found the value wrong.
 *
 * Takes linear time: a body may hold a million wrong items.
 *
 * @param broken Broken rules.
 * @param misfits Values of another shape than declared.
 * @param failures Strings that could not be converted, and other failures of building.
 * @param once Whether to report only the first error of each value.
 */
export function mergedDetails(broken: Details, misfits: Details, failures: Details, once = false): ValidationDetail[] {
  const details = inOrder(broken, misfits, failures);
  return (once ? firstOfEach(details) : details).slice(0, MAX_DETAILS);
}

type Details = readonly ValidationDetail[];

/** Keeps the first error of each value, and none from inside a wrong value. */
function firstOfEach(details: Details): Details {
  const reported = new Set<string>();
  return details.filter(({ loc }) => {
    const isReported = loc.some((_, index) => reported.has(keyOf(loc.slice(0, loc.length - index))));
    reported.add(keyOf(loc));
    return !isReported;
  });
}

function inOrder(broken: Details, misfits: Details, failures: Details): Details {
  if (misfits.length === 0 && failures.length === 0) return broken;
  const misfit = new Set(misfits.map(({ loc }) => keyOf(loc)));
  const isInsideMisfit = ({ loc }: ValidationDetail): boolean =>
    loc.some((_, length) => misfit.has(keyOf(loc.slice(0, length))));
  const rules = broken.filter((detail) => !isInsideMisfit(detail));
  const brokenRules = new Set(rules.map(({ loc, type }) => keyOf([...loc, type])));
  const shapes = misfits.filter((detail) => !isInsideMisfit(detail) && !isCovered(detail, brokenRules));
  const wrong = [...rules, ...shapes];
  const reported = new Set(wrong.map(({ loc }) => keyOf(loc)));
  return [...wrong, ...failures.filter(({ loc }) => !reported.has(keyOf(loc)))];
}

/** The rules of class-validator that report a wrong shape. */
const SHAPE_RULES: Readonly<Record<string, readonly string[]>> = {
  isArray: ['isArray'],
  isObject: ['isObject', 'nestedValidation'],
};

function isCovered({ loc, type }: ValidationDetail, brokenRules: ReadonlySet<string>): boolean {
  return (SHAPE_RULES[type] ?? []).some((rule) => brokenRules.has(keyOf([...loc, rule])));
}

function keyOf(loc: Loc): string {
  return JSON.stringify(loc);
}
