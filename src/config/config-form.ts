import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { ValidationDetail } from '../errors/validation-detail.js';
import { ValidationException } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import type { InputReader } from '../validation/input-reader.js';
import type { ConfigProperty } from './config-property.js';

/** The properties of a configuration class, and how their values are checked. */
export interface ConfigForm {
  readonly properties: readonly ConfigProperty[];
  /** The values of properties that nothing sets. */
  readonly defaults: PlainObject;
  /** The properties that need a value although no rule asks for one. */
  readonly required: ReadonlySet<string>;
  /** Returns an instance, or an object with its members. */
  readonly read: InputReader;
  /** Whether objects inside of values are read as instances of a class. */
  readonly isNested: (type: Constructor) => boolean;
}

/** The instance, or the rules that the values break. */
export type CheckedValues =
  | { readonly result: object; readonly broken: readonly [] }
  | { readonly result: undefined; readonly broken: readonly ValidationDetail[] };

/** Checks values. The `loc` of a broken rule begins with the property. */
export async function checkValues({ read, properties }: ConfigForm, values: PlainObject): Promise<CheckedValues> {
  try {
    return { result: (await read(values)) as object, broken: [] };
  } catch (error) {
    if (error instanceof ValidationException)
      return { result: undefined, broken: error.detail.map((detail) => ({ ...detail, loc: detail.loc.slice(1) })) };
    throw properties.some(({ hidden }) => hidden) ? withoutMessage(error) : error;
  }
}

/** A function of the application failed. Its error may quote a secret, as those of `JSON.parse` do. */
function withoutMessage(error: unknown): BootstrapError {
  const { name } = error instanceof Error ? error : { name: describeValue(error) };
  return new BootstrapError(
    `A @Transform function, a rule or a schema of the configuration threw ${name}. Its message is not shown, because ` +
      'it may contain a secret.',
  );
}
