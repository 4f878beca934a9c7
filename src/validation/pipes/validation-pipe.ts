import type { ArgumentMetadata, PipeTransform } from '../../contracts/pipeline.js';
import { type ValidationDetail, ValidationException } from '../../errors/validation-exception.js';
import { brand } from '../../shared/brand.js';
import { attempt } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { compiledReader } from '../compiled-reader.js';
import { isDto } from '../dto-metadata.js';
import type { InputReader } from '../input-reader.js';
import type { ValidationOptions } from '../validation-options.js';
import { perArgument } from './per-argument.js';
import { detailsError, madeError, sourceOf } from './pipe-error.js';

export interface ValidationPipeOptions extends ValidationOptions {
  /** The status of the answer instead of 422. */
  errorHttpStatusCode?: number;
  /** Makes the error that is thrown instead. */
  exceptionFactory?: (details: ValidationDetail[]) => unknown;
}

/**
 * Builds and checks arguments whose declared type is a DTO class; lets all others pass, and what a decorator made by
 * `createParamDecorator` gives: that comes from the program, not from outside.
 */
export class ValidationPipe implements PipeTransform {
  readonly #readerOf = perArgument((metadata) => this.#makeReader(metadata));

  constructor(private readonly options: ValidationPipeOptions = {}) {}

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
