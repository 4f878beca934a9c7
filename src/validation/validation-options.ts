import type { ClassTransformOptions } from 'class-transformer';
import type { ValidatorOptions } from 'class-validator';
import { anObject, callable, flag, listOf, type Rule, type Rules, text, wholeNumber } from '../errors/check-options.js';
import type { ValidationDetail } from '../errors/validation-exception.js';

/** How DTOs are built and checked; the names and meanings are class-validator's. */
export interface CheckingOptions {
  /** Takes off members that no rule knows. */
  whitelist?: boolean;
  /** With `whitelist`: refuses them instead, a detail each. */
  forbidNonWhitelisted?: boolean;
  /** `false` lets nested objects pass whose class has no rules; they are refused unless given. */
  forbidUnknownValues?: boolean;
  /** Asks no rule but `@IsDefined` about properties that are `undefined`. */
  skipUndefinedProperties?: boolean;
  /** The same for `null`. */
  skipNullProperties?: boolean;
  /** The same for both. */
  skipMissingProperties?: boolean;
  /** Tells the first broken rule of a property, and asks no further ones. */
  stopAtFirstError?: boolean;
  /** Only rules of these groups, and those marked `always`, apply. */
  groups?: string[];
  /** Whether rules without a word about it are marked `always`. */
  always?: boolean;
  /** Without `groups`: leaves out rules that have some. */
  strictGroups?: boolean;
  /** Rules have no words of their own: "x is invalid" unless they were given a message. */
  dismissDefaultMessages?: boolean;
  /**
   * For class-transformer, as `{ enableImplicitConversion: true }`. The libraries do the work then, in a multiple of
   * the time.
   */
  transformOptions?: ClassTransformOptions;
}

/** How DTOs are checked, and what is answered; the names are those of NestJS's `ValidationPipe`. */
export interface ValidationOptions extends CheckingOptions {
  /** What is checked is always transformed: `true` changes nothing. */
  transform?: true;
  /** Details hold neither: `false` changes nothing. */
  validationError?: { target?: false; value?: false };
  /** Answers the status alone; the details are in the log. */
  disableErrorMessages?: boolean;
  /** The status of the answer instead of 422. */
  errorHttpStatusCode?: number;
  /** Makes the error that is thrown instead. */
  exceptionFactory?: (details: ValidationDetail[]) => unknown;
}

const TRANSFORM_OPTIONS: Readonly<Record<keyof ClassTransformOptions, true>> = {
  strategy: true,
  groups: true,
  version: true,
  excludePrefixes: true,
  excludeExtraneousValues: true,
  ignoreDecorators: true,
  targetMaps: true,
  enableCircularCheck: true,
  enableImplicitConversion: true,
  exposeDefaultValues: true,
  exposeUnsetFields: true,
};

/** What class-transformer's options are is its own matter; a misspelt name is ours. */
const aboutTransforming: Rule = {
  expected: `an object with ${Object.keys(TRANSFORM_OPTIONS).join(', ')}`,
  accepts: (given) =>
    anObject.accepts(given) && Object.keys(Object(given) as object).every((name) => name in TRANSFORM_OPTIONS),
};

export const CHECKING_RULES: Rules<CheckingOptions> = {
  whitelist: flag,
  forbidNonWhitelisted: flag,
  forbidUnknownValues: flag,
  skipUndefinedProperties: flag,
  skipNullProperties: flag,
  skipMissingProperties: flag,
  stopAtFirstError: flag,
  groups: listOf(text),
  always: flag,
  strictGroups: flag,
  dismissDefaultMessages: flag,
  transformOptions: aboutTransforming,
};

/** For what Lambent does in any case. */
function fixed(value: boolean, reason: string): Rule {
  return { expected: `${value}: ${reason}`, accepts: (given) => given === value };
}

export const VALIDATION_RULES: Rules<ValidationOptions> = {
  ...CHECKING_RULES,
  transform: fixed(true, 'what is checked is always transformed'),
  validationError: {
    expected: '{ target: false, value: false }: details hold neither',
    accepts: (given) =>
      anObject.accepts(given) &&
      Object.entries(Object(given) as object).every(([name, on]) => ['target', 'value'].includes(name) && on === false),
  },
  disableErrorMessages: flag,
  errorHttpStatusCode: wholeNumber(400, 599),
  exceptionFactory: callable,
};

/** The options as `validate` takes them: of those given only the library's, for a pipe's are its own as well. */
export function librarySettings(options: CheckingOptions): ValidatorOptions {
  const { whitelist, forbidNonWhitelisted, forbidUnknownValues, stopAtFirstError, dismissDefaultMessages } = options;
  const { skipUndefinedProperties, skipNullProperties, skipMissingProperties, groups, always, strictGroups } = options;
  return {
    whitelist,
    forbidNonWhitelisted,
    forbidUnknownValues,
    stopAtFirstError,
    dismissDefaultMessages,
    skipUndefinedProperties,
    skipNullProperties,
    skipMissingProperties,
    groups,
    always,
    strictGroups,
    validationError: { target: false },
  };
}

/** Whether the libraries have to do the work. */
export function asksLibrary({
  forbidUnknownValues,
  dismissDefaultMessages,
  transformOptions,
}: CheckingOptions): boolean {
  return forbidUnknownValues === false || dismissDefaultMessages === true || transformOptions !== undefined;
}

/** Whether no rule but `@IsDefined` is asked about a value. */
export function isSkipped(options: CheckingOptions, value: unknown): boolean {
  const { skipUndefinedProperties, skipNullProperties, skipMissingProperties } = options;
  if (value === undefined) return Boolean(skipUndefinedProperties || skipMissingProperties);
  return value === null && Boolean(skipNullProperties || skipMissingProperties);
}
