import type { ArgumentMetadata, DescribedPipe, InputDescription } from '../../contracts/pipeline.js';
import { checkOptions, type Rules } from '../../errors/option-rules.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Loc } from '../input-reader.js';
import { argumentLoc, detailsError, madeError, PARSE_PIPE_RULES, type ParsePipeOptions } from './pipe-error.js';

/** A pipe that turns one value into another or refuses it: `read` gives `undefined` for what it refuses. */
export abstract class ParsePipe<R> implements DescribedPipe {
  /** @throws BootstrapError for an unknown option, and for a value that one does not take. */
  constructor(protected readonly options: ParsePipeOptions = {}) {
    checkOptions(options, this.optionRules, `the options of ${this.constructor.name}`);
  }

  protected get optionRules(): Rules<ParsePipeOptions> {
    return PARSE_PIPE_RULES;
  }

  /** The name of the rule, for programs. */
  protected abstract readonly rule: string;

  /** What a value must be, as in "limit must be an integer". */
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
    if (exceptionFactory) return madeError(exceptionFactory(msg), this.constructor.name);
    return detailsError([{ loc: [...loc], msg, type: this.rule }], errorHttpStatusCode);
  }
}
