import type { StandardIssue, StandardResult, StandardSchema } from '../contracts/standard-schema.js';
import { describeValue } from '../errors/describe-value.js';
import { noteInputs, type ValidationDetail } from '../errors/validation-detail.js';
import { ValidationException } from '../errors/validation-exception.js';
import { MAX_DETAILS } from '../shared/input-limits.js';
import { chain } from '../shared/promise.js';
import { type InputReader, type InputSource, type Loc, locOf } from './input-reader.js';
import { checkDepth } from './plain-input.js';

/** Creates the reader for a Standard Schema, such as one of zod, valibot or arktype; see standardschema.dev. */
export function schemaReader(schema: StandardSchema, location: InputSource['location'], key?: string): InputReader {
  const { validate, vendor } = schema['~standard'];
  const loc = locOf({ location, key });
  return (value) => {
    checkDepth(value);
    return chain(validate(value), (result: StandardResult<unknown>) => {
      if (isAccepted(result)) return result.value;
      if (!Array.isArray(result?.issues)) throw noResult(result, vendor);
      const details = result.issues.slice(0, MAX_DETAILS).map((issue) => detailOf(issue, loc, vendor));
      throw new ValidationException(noteInputs(details, { loc, value }));
    });
  };
}

/**
 * Whether a result holds a value, even if it is `undefined`. A result with neither issues nor a value accepts nothing.
 */
function isAccepted(result: unknown): result is { readonly value: unknown } {
  if (typeof result !== 'object' || result === null) return false;
  return 'value' in result && !(result as StandardResult<unknown>).issues;
}

function noResult(result: unknown, vendor: string): TypeError {
  return new TypeError(
    `A schema of ${vendor} returned ${describeValue(result)}, which does not count as valid. ` +
      'validate must return { value } or { issues: [ … ] } (standardschema.dev).',
  );
}

function detailOf(issue: StandardIssue, loc: Loc, vendor: string): ValidationDetail {
  return { loc: [...loc, ...(issue.path ?? []).map(keyOf)], msg: issue.message, type: typeOf(issue) ?? vendor };
}

function keyOf(segment: NonNullable<StandardIssue['path']>[number]): string | number {
  const key = typeof segment === 'object' ? segment.key : segment;
  return typeof key === 'number' ? key : String(key);
}

/** The rule's name, which the standard leaves out: zod and arktype call it `code`, valibot `type`. */
function typeOf(issue: StandardIssue & { code?: unknown; type?: unknown }): string | undefined {
  return [issue.code, issue.type].find((name) => typeof name === 'string');
}
