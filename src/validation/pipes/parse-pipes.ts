import type { ArgumentMetadata, DescribedPipe, InputDescription } from '../../contracts/pipeline.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { callable, checkOptions, flag, oneOf, type OptionRules, wholeNumber } from '../../errors/check-options.js';
import { brand } from '../../shared/brand.js';
import { enumValues } from '../../shared/enum-values.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { checkedError, errorWithDetails } from '../exception-factory.js';
import type { Loc } from '../input-reader.js';
import { convertScalar, SCALARS } from '../scalar-reader.js';
import { argumentLoc } from './pipe-argument.js';

/** The options of all built-in pipes that refuse values. The names are NestJS's. */
export interface ParsePipeOptions {
  /** Accepts `undefined` and `null`. */
  optional?: boolean;
  /** The status of the response; 422 by default. */
  errorHttpStatusCode?: number;
  /** Creates the error to throw instead. */
  exceptionFactory?: (message: string) => unknown;
}

export const PARSE_PIPE_RULES: OptionRules<ParsePipeOptions> = {
  optional: flag,
  errorHttpStatusCode: wholeNumber(400, 599),
  exceptionFactory: callable,
};

/** A pipe that converts a value or refuses it: `read` returns `undefined` for a value to refuse. */
abstract class ParsePipe<R> implements DescribedPipe {
  /** @throws BootstrapError for an unknown option, and for a value that an option does not accept. */
  constructor(protected readonly options: ParsePipeOptions = {}) {
    checkOptions(options, this.optionRules, `the options of ${this.constructor.name}`);
  }

  protected get optionRules(): OptionRules<ParsePipeOptions> {
    return PARSE_PIPE_RULES;
  }

  /** The `type` of the validation error. */
  protected abstract readonly rule: string;

  /** The end of the message, as in "limit must be an integer". */
  protected abstract readonly noun: string;

  protected abstract readonly schema: JsonSchema;

  protected abstract read(value: unknown): R | undefined;

  transform(value: unknown, metadata: ArgumentMetadata): R | null | undefined {
    if (this.options.optional && (value === undefined || value === null)) return value;
    const result = this.read(value);
    if (result === undefined) throw this.refusal(argumentLoc(metadata));
    return result;
  }

  describeInput(): InputDescription {
    const { optional = false, errorHttpStatusCode = 422 } = this.options;
    return { schema: this.schema, required: !optional, refusal: errorHttpStatusCode };
  }

  private refusal(loc: Loc): unknown {
    const msg = `${loc.at(-1)} must be ${this.noun}`;
    const { exceptionFactory, errorHttpStatusCode } = this.options;
    if (exceptionFactory) return checkedError(exceptionFactory(msg), this.constructor.name);
    return errorWithDetails([{ loc: [...loc], msg, type: this.rule }], errorHttpStatusCode);
  }
}

const INTEGER = /^-?\d+$/;

/** Accepts whole numbers that a double holds exactly, as text or as numbers. */
export class ParseIntPipe extends ParsePipe<number> {
  protected readonly rule = 'isInt';
  protected readonly noun = 'an integer';
  protected readonly schema = { type: 'integer' };

  protected read(value: unknown): number | undefined {
    const number = typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : undefined;
  }
}
brand(ParseIntPipe, 'ParseIntPipe');

/** Accepts finite decimal numbers, as text or as numbers. */
export class ParseFloatPipe extends ParsePipe<number> {
  protected readonly rule = 'isNumber';
  protected readonly noun = 'a number';
  protected readonly schema = { type: 'number' };

  protected read(value: unknown): number | undefined {
    return convertScalar(SCALARS.get(Number)!, value) as number | undefined;
  }
}
brand(ParseFloatPipe, 'ParseFloatPipe');

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
]);

/** Accepts `true` and `false`, as text or as booleans. */
export class ParseBoolPipe extends ParsePipe<boolean> {
  protected readonly rule = 'isBoolean';
  protected readonly noun = 'true or false';
  protected readonly schema = { type: 'boolean' };

  protected read(value: unknown): boolean | undefined {
    return BOOLEANS.get(value);
  }
}
brand(ParseBoolPipe, 'ParseBoolPipe');

type EnumValue = string | number;
type EnumObject = Readonly<Record<string, EnumValue>>;

/** Accepts the values of an enum; numbers also as text. */
export class ParseEnumPipe extends ParsePipe<EnumValue> {
  protected readonly rule = 'isEnum';
  protected readonly noun: string;
  protected readonly schema: JsonSchema;
  readonly #values: ReadonlyMap<unknown, EnumValue>;

  constructor(enumObject: EnumObject, options: ParsePipeOptions = {}) {
    super(options);
    if (typeof enumObject !== 'object' || enumObject === null) {
      throw new BootstrapError(
        'ParseEnumPipe needs an enum, such as new ParseEnumPipe(Status). Is it imported with `import type`?',
      );
    }
    const values = enumValues(enumObject) as EnumValue[];
    this.#values = new Map<unknown, EnumValue>(
      values.flatMap((value) => [
        [value, value],
        [String(value), value],
      ]),
    );
    this.schema = { enum: values };
    this.noun = `one of ${values.join(', ')}`;
  }

  protected read(value: unknown): EnumValue | undefined {
    return this.#values.get(value);
  }
}
brand(ParseEnumPipe, 'ParseEnumPipe');

type UUIDVersion = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | 'all';

export interface ParseUUIDPipeOptions extends ParsePipeOptions {
  /** Accepts UUIDs of this version only. Default: `all`. */
  version?: UUIDVersion;
}

const UUID_RULES: OptionRules<ParseUUIDPipeOptions> = {
  ...PARSE_PIPE_RULES,
  version: oneOf('1', '2', '3', '4', '5', '6', '7', '8', 'all'),
};

// RFC 9562: the versions and the variant are those of sections 4.1 and 4.2, as in class-validator's `@IsUUID`.
const UUID = /^[\da-f]{8}-[\da-f]{4}-([1-8])[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

// Sections 5.9 and 5.10: the Nil and the Max UUID have no version.
const NIL_OR_MAX = /^(?:0{8}-(?:0{4}-){3}0{12}|f{8}-(?:f{4}-){3}f{12})$/i;

/** Accepts UUIDs of RFC 9562 in their usual spelling. Without a version, also the Nil and the Max UUID. */
export class ParseUUIDPipe extends ParsePipe<string> {
  protected readonly rule = 'isUuid';
  protected readonly noun: string;
  protected readonly schema = { type: 'string', format: 'uuid' };
  readonly #version: string;

  constructor(options: ParseUUIDPipeOptions = {}) {
    super(options);
    this.#version = options.version ?? 'all';
    this.noun = this.#version === 'all' ? 'a UUID' : `a UUID of version ${this.#version}`;
  }

  protected override get optionRules(): OptionRules<ParseUUIDPipeOptions> {
    return UUID_RULES;
  }

  protected read(value: unknown): string | undefined {
    return typeof value === 'string' && this.#accepts(value) ? value : undefined;
  }

  #accepts(text: string): boolean {
    const version = UUID.exec(text)?.[1];
    return this.#version === 'all' ? version !== undefined || NIL_OR_MAX.test(text) : version === this.#version;
  }
}
brand(ParseUUIDPipe, 'ParseUUIDPipe');
