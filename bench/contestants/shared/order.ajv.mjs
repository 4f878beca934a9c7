import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** Compiles the schema of an order, or one around it, to report all errors. */
export function compileOrder(schema) {
  const ajv = new Ajv({ allErrors: true });
  addFormats(ajv, ['email']);
  return ajv.compile(schema);
}
