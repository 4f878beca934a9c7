import type { ArgumentMetadata, PipeTransform } from '../../contracts/pipeline.js';
import { checkOptions, type OptionRules } from '../../errors/check-options.js';
import { ValidationException } from '../../errors/validation-exception.js';
import { brand } from '../../shared/brand.js';
import { attempt } from '../../shared/promise.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import { compiledReader } from '../compiled/compiled-reader.js';
import { isDto } from '../dto/check-dto-class.js';
import { type ExceptionFactory, exceptionFactoryOf } from '../exception-factory.js';
import type { InputReader } from '../input-reader.js';
import { VALIDATION_RULES, type ValidationOptions } from '../validation-options.js';
import { perArgument, sourceOf } from './pipe-argument.js';

export interface ValidationPipeOptions extends ValidationOptions {
  /**
   * The DTO class to use instead of the declared type, as in `@Body(new ValidationPipe({ expectedType: CreateOrder }))
   * order: unknown`.
   */
  expectedType?: Constructor;
}

const RULES: OptionRules<ValidationPipeOptions> = {
  ...VALIDATION_RULES,
  expectedType: { expected: "a class with class-validator's decorators", accepts: isDto },
};

/**
 * Builds and checks arguments whose declared type is a DTO class. All others pass, and so do those of decorators made
 * with `createParamDecorator`, which come from the application and not from outside.
 */
export class ValidationPipe implements PipeTransform {
  readonly #readerOf = perArgument((metadata) => this.#makeReader(metadata));

  readonly #createError: ExceptionFactory;

  /** @throws BootstrapError for an unknown option, and for a value that an option does not accept. */
  constructor(private readonly options: ValidationPipeOptions = {}) {
    checkOptions(options, RULES, 'the options of ValidationPipe');
    this.#createError = exceptionFactoryOf(options, 'ValidationPipe') ?? ((error) => error);
  }

  transform(value: unknown, metadata: ArgumentMetadata): MaybePromise<unknown> {
    const read = this.#readerOf(metadata);
    return attempt(
      () => read(value),
      (error) => {
        throw error instanceof ValidationException ? this.#createError(error) : error;
      },
    );
  }

  #makeReader(metadata: ArgumentMetadata): InputReader {
    const type = this.options.expectedType ?? metadata.metatype;
    return isDto(type) && metadata.type !== 'custom'
      ? compiledReader(type, sourceOf(metadata), this.options)
      : (value) => value;
  }
}
brand(ValidationPipe, 'ValidationPipe');
