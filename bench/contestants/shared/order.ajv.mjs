import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** Compiles a schema, the one of an order or one around it, for use with all errors told. */
export function compileOrder(schema) {
  const ajv = new Ajv({ allErrors: true });
  addFormats(ajv, ['email']);
  return ajv.compile(schema);
}
