import type { ClassTransformOptions } from 'class-transformer';
import type { ValidatorOptions } from 'class-validator';
import {
  anObject,
  callable,
  flag,
  listOf,
  type OptionRule,
  type OptionRules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import type { ValidationDetail } from '../errors/validation-detail.js';
import { withoutUndefined } from '../shared/json-values.js';

/** Options for building and checking DTOs. Names and meanings are those of class-validator. */
export interface CheckingOptions {
  /** Removes members without a rule. */
  whitelist?: boolean;
  /** With `whitelist`: refuses these members instead, with a validation error for each. */
  forbidNonWhitelisted?: boolean;
  /** `false` accepts nested objects whose class has no rules. By default they are refused. */
  forbidUnknownValues?: boolean;
  /** Applies no rule but `@IsDefined` to properties that are `undefined`. */
  skipUndefinedProperties?: boolean;
  /** Applies no rule but `@IsDefined` to properties that are `null`. */
  skipNullProperties?: boolean;
  /** Applies no rule but `@IsDefined` to properties that are `undefined` or `null`. */
  skipMissingProperties?: boolean;
  /** Reports only the first broken rule of a property, and calls no further ones. */
  stopAtFirstError?: boolean;
  /** Applies only rules of these groups, and those marked `always`. */
  groups?: string[];
  /** Whether rules that do not set `always` count as marked `always`. */
  always?: boolean;
  /** Without `groups`: skips rules that belong to a group. */
  strictGroups?: boolean;
  /** Drops default messages: a rule without a message of its own reports "x is invalid". */
  dismissDefaultMessages?: boolean;
  /**
   * Options of class-transformer, such as `{ enableImplicitConversion: true }`. With them the libraries do the work,
   * which takes several times as long.
   */
  transformOptions?: ClassTransformOptions;
}

/** Options for checking DTOs, and for what the response tells. The names are those of NestJS's `ValidationPipe`. */
export interface ValidationOptions extends CheckingOptions {
  /** Checked values are always transformed: `true` changes nothing. */
  transform?: true;
  /** Validation errors hold neither: `false` changes nothing. */
  validationError?: { target?: false; value?: false };
  /** Responds with the status alone; the validation errors are logged. */
  disableErrorMessages?: boolean;
  /** The status of the response; 422 by default. */
  errorHttpStatusCode?: number;
  /** Creates the error to throw instead. */
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

/** Checks the names of class-transformer's options, and leaves their values to class-transformer. */
const aboutTransforming: OptionRule = {
  expected: `an object with ${Object.keys(TRANSFORM_OPTIONS).join(', ')}`,
  accepts: (given) =>
    anObject.accepts(given) && Object.keys(Object(given) as object).every((name) => name in TRANSFORM_OPTIONS),
};

export const CHECKING_RULES: OptionRules<CheckingOptions> = {
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

/** A rule for an option that cannot be changed. */
function fixed(value: boolean, reason: string): OptionRule {
  return { expected: `${value}: ${reason}`, accepts: (given) => given === value };
}

export const VALIDATION_RULES: OptionRules<ValidationOptions> = {
  ...CHECKING_RULES,
  transform: fixed(true, 'checked values are always transformed'),
  validationError: {
    expected: '{ target: false, value: false }: validation errors hold neither',
    accepts: (given) =>
      anObject.accepts(given) &&
      Object.entries(Object(given) as object).every(([name, on]) => ['target', 'value'].includes(name) && on === false),
  },
  disableErrorMessages: flag,
  errorHttpStatusCode: wholeNumber(400, 599),
  exceptionFactory: callable,
};

/** Returns the options for `validate`: only those of class-validator, since a pipe has options of its own. */
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

/** Returns those of {@link librarySettings} that are set, as data for generated code. */
export function settingsData(options: CheckingOptions): object {
  const { validationError: _, ...settings } = librarySettings(options);
  return withoutUndefined(settings);
}

/** Whether the options leave the work to the libraries. */
export function asksLibrary({
  forbidUnknownValues,
  dismissDefaultMessages,
  transformOptions,
}: CheckingOptions): boolean {
  return forbidUnknownValues === false || dismissDefaultMessages === true || transformOptions !== undefined;
}
