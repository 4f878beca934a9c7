import type { ArgumentMetadata, PipeTransform } from '../../contracts/pipeline.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { callable, mistakeInOptions, type Rules, wholeNumber } from '../../errors/option-rules.js';
import { type ValidationDetail, ValidationException } from '../../errors/validation-exception.js';
import { brand } from '../../shared/brand.js';
import { attempt } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { compiledReader } from '../compiled-reader.js';
import { isDto } from '../dto-metadata.js';
import type { InputReader } from '../input-reader.js';
import { VALIDATION_RULES, type ValidationOptions } from '../validation-options.js';
import { perArgument } from './per-argument.js';
import { detailsError, madeError, sourceOf } from './pipe-error.js';

export interface ValidationPipeOptions extends ValidationOptions {
  /** The status of the answer instead of 422. */
  errorHttpStatusCode?: number;
  /** Makes the error that is thrown instead. */
  exceptionFactory?: (details: ValidationDetail[]) => unknown;
}

const RULES = {
  ...VALIDATION_RULES,
  errorHttpStatusCode: wholeNumber(400, 599),
  exceptionFactory: callable,
} satisfies Rules<ValidationPipeOptions>;

/**
 * Builds and checks arguments whose declared type is a DTO class; lets all others pass, and what a decorator made by
 * `createParamDecorator` gives: that comes from the program, not from outside.
 */
export class ValidationPipe implements PipeTransform {
  readonly #readerOf = perArgument((metadata) => this.#makeReader(metadata));

  /** @throws BootstrapError for an unknown option, and for a value that one does not take. */
  constructor(private readonly options: ValidationPipeOptions = {}) {
    const mistake = mistakeInOptions(options, RULES, 'the options of ValidationPipe');
    if (mistake !== undefined) {
      throw new BootstrapError(
        'transform' in options ? `${mistake} What is checked is always transformed: leave transform out.` : mistake,
      );
    }
  }

  transform(value: unknown, metadata: ArgumentMetadata): MaybePromise<unknown> {
    const read = this.#readerOf(metadata);
    return attempt(
      () => read(value),
      (error) => {
        throw error instanceof ValidationException ? this.#refusal(error) : error;
      },
    );
  }

  #makeReader(metadata: ArgumentMetadata): InputReader {
    const { metatype, type } = metadata;
    return isDto(metatype) && type !== 'custom' ? compiledReader(metatype, sourceOf(metadata), this.options) : (value) => value;
  }

  #refusal(error: ValidationException): unknown {
    const { exceptionFactory, errorHttpStatusCode = 422 } = this.options;
    if (exceptionFactory) return madeError(exceptionFactory(error.detail), this);
    return errorHttpStatusCode === 422 ? error : detailsError(error.detail, errorHttpStatusCode);
  }
}
brand(ValidationPipe, 'ValidationPipe');
