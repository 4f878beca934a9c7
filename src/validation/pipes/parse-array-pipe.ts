import type { ArgumentMetadata, DescribedPipe, InputDescription } from '../../contracts/pipeline.js';
import { notThere } from '../../errors/bootstrap-error.js';
import { checkOptions, type OptionRules } from '../../errors/check-options.js';
import { noteInputs, type ValidationDetail } from '../../errors/validation-detail.js';
import { boundedDetails, ValidationException } from '../../errors/validation-exception.js';
import { brand } from '../../shared/brand.js';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import { PLANNED } from '../../shared/planned.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { Constructor } from '../../shared/types.js';
import { compiledReader } from '../compiled/compiled-reader.js';
import { isDto } from '../dto/check-dto-class.js';
import { checkedError, errorWithDetails } from '../exception-factory.js';
import type { InputReader, Loc } from '../input-reader.js';
import { scalarReader } from '../scalar-reader.js';
import { CHECKING_RULES, type CheckingOptions } from '../validation-options.js';
import { PARSE_PIPE_RULES, type ParsePipeOptions } from './parse-pipes.js';
import { argumentLoc, perArgument, sourceOf } from './pipe-argument.js';

export interface ParseArrayPipeOptions extends ParsePipeOptions, CheckingOptions {
  /** The type of the items: `Number`, `Boolean`, `Date`, `String`, `BigInt` or a DTO class. */
  items?: Constructor | BigIntConstructor;
  /** Separates the items of a string; `,` by default. */
  separator?: string;
}

const RULES: OptionRules<ParseArrayPipeOptions> = {
  ...PARSE_PIPE_RULES,
  ...CHECKING_RULES,
  items: {
    expected: 'a class, Number, Boolean, Date, String or BigInt',
    accepts: (value) => typeof value === 'function',
  },
  separator: { expected: 'text', accepts: (value) => typeof value === 'string' && value !== '' },
};

/** Accepts an array, or a string of items, and converts each item. */
export class ParseArrayPipe implements DescribedPipe {
  readonly #readerOf = perArgument((metadata) => this.#makeReader(metadata));

  /** @throws BootstrapError for an unknown option, and for a value that an option does not accept. */
  constructor(private readonly options: ParseArrayPipeOptions = {}) {
    checkOptions(options, RULES, 'the options of ParseArrayPipe');
    if ('items' in options && options.items === undefined) {
      throw notThere('The option items of ParseArrayPipe', undefined);
    }
  }

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (this.options.optional && (value === undefined || value === null)) return value;
    const loc = argumentLoc(metadata);
    const items = typeof value === 'string' ? value.split(this.separator) : value;
    if (!Array.isArray(items))
      throw this.#refusal([{ loc: [...loc], msg: `${loc.at(-1)} must be an array`, type: 'isArray' }]);
    return this.#readItems(items, this.#readerOf(metadata), loc);
  }

  /** The text between the items of a string. */
  get [PLANNED](): unknown {
    return this.separator;
  }

  /** The text between the items of a string. `Request.queryItems` splits a query at it before decoding. */
  get separator(): string {
    return this.options.separator ?? ',';
  }

  describeInput(): InputDescription {
    const { items, optional = false, errorHttpStatusCode = 422 } = this.options;
    return { schema: { type: 'array' }, items: items ?? String, required: !optional, refusal: errorHttpStatusCode };
  }

  #makeReader(metadata: ArgumentMetadata): InputReader {
    const { items } = this.options;
    return isDto(items)
      ? compiledReader(items, sourceOf(metadata), this.options)
      : scalarReader(items, argumentLoc(metadata));
  }

  async #readItems(items: unknown[], read: InputReader, loc: Loc): Promise<unknown[]> {
    const results: unknown[] = [];
    const details: ValidationDetail[] = [];
    for (const [index, item] of items.entries()) {
      try {
        const result = read(item);
        // A list may have a million items, and most readers return at once.
        results.push(isPromiseLike(result) ? await result : result);
      } catch (error) {
        if (!(error instanceof ValidationException)) throw error;
        for (const detail of error.detail) details.push(atIndex(detail, index, loc));
        if (details.length >= MAX_DETAILS) break;
      }
    }
    if (details.length > 0) throw this.#refusal(noteInputs(details, { loc, value: items }));
    return results;
  }

  #refusal(found: ValidationDetail[]): unknown {
    const { exceptionFactory, errorHttpStatusCode } = this.options;
    const details = boundedDetails(found);
    if (!exceptionFactory) return errorWithDetails(details, errorHttpStatusCode);
    return checkedError(exceptionFactory(details.map(({ msg }) => msg).join('; ')), this.constructor.name);
  }
}
brand(ParseArrayPipe, 'ParseArrayPipe');

function atIndex(detail: ValidationDetail, index: number, loc: Loc): ValidationDetail {
  return { ...detail, loc: [...loc, index, ...detail.loc.slice(loc.length)] };
}
