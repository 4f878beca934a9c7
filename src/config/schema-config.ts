import { isStandardSchema, type StandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { setConfigSchema } from './config-metadata.js';

/** The type of the value that a schema returns. */
export type SchemaOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output'];

/** Decorators of `lambent/config` by property, as in `{ password: FromSecret('shop/database') }`. */
export type ConfigSources<T> = { readonly [Name in keyof T]?: PropertyDecorator | readonly PropertyDecorator[] };

/**
 * Creates a class from a Standard Schema, such as one of zod, valibot or arktype, so that a configuration can be
 * injected as that class: `class ShopConfig extends SchemaConfig(z.object({ databaseUrl: z.url() })) {}`.
 *
 * @param sources Decorators for the properties that are not read from the variable that follows from their name.
 * @throws BootstrapError for anything but a schema, and for a source that is not a decorator.
 */
export function SchemaConfig<S extends StandardSchema<unknown, object>>(
  schema: S,
  sources: ConfigSources<SchemaOutput<S>> = {},
): new () => SchemaOutput<S> {
  if (!isStandardSchema(schema)) {
    throw new BootstrapError(
      `SchemaConfig was given ${describeValue(schema)}; it takes a Standard Schema, such as z.object({ … }).`,
    );
  }
  class ConfigBase {}
  setConfigSchema(ConfigBase, schema);
  for (const [name, decorators] of Object.entries(sources as Readonly<Record<string, unknown>>)) {
    for (const decorate of [decorators].flat()) {
      if (typeof decorate !== 'function')
        throw new BootstrapError(`SchemaConfig: ${name} is ${describeValue(decorate)}; it takes decorators.`);
      (decorate as PropertyDecorator)(ConfigBase.prototype, name);
    }
  }
  return ConfigBase as new () => SchemaOutput<S>;
}
