import { BootstrapError } from '../../errors/bootstrap-error.js';
import { brand } from '../../shared/brand.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { ParsePipe } from './parse-pipe.js';
import type { ParsePipeOptions } from './pipe-error.js';

type EnumValue = string | number;
type EnumObject = Readonly<Record<string, EnumValue>>;

/** Takes the values of an enum; of one of numbers also as text. */
export class ParseEnumPipe extends ParsePipe<EnumValue> {
  protected readonly rule = 'isEnum';
  protected readonly noun: string;
  protected readonly schema: JsonSchema;
  readonly #values: ReadonlyMap<unknown, EnumValue>;

  constructor(enumObject: EnumObject, options: ParsePipeOptions = {}) {
    super(options);
    if (typeof enumObject !== 'object' || enumObject === null) {
      throw new BootstrapError('ParseEnumPipe takes an enum: new ParseEnumPipe(Status). Is it imported with `import type`?');
    }
    const values = valuesOf(enumObject);
    this.#values = new Map<unknown, EnumValue>(values.flatMap((value) => [[value, value], [String(value), value]]));
    this.schema = { enum: values };
    this.noun = `one of ${values.join(', ')}`;
  }

  protected read(value: unknown): EnumValue | undefined {
    return this.#values.get(value);
  }
}
brand(ParseEnumPipe, 'ParseEnumPipe');

/** TypeScript's enums of numbers also map each number back to its name. */
function valuesOf(enumObject: EnumObject): EnumValue[] {
  return Object.keys(enumObject)
    .filter((name) => typeof enumObject[enumObject[name]!] !== 'number')
    .map((name) => enumObject[name]!);
}
