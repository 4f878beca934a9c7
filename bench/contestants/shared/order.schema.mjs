/** The rules of an order as a JSON schema, for Ajv. */
export const orderSchema = {
  type: 'object',
  required: ['customer', 'lines', 'gift'],
  properties: {
    customer: {
      type: 'object',
      required: ['name', 'email', 'age'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100 },
        email: { type: 'string', format: 'email' },
        age: { type: 'integer', minimum: 18, maximum: 150 },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        required: ['sku', 'quantity', 'unitPrice'],
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{4}$' },
          quantity: { type: 'integer', minimum: 1, maximum: 1000 },
          unitPrice: { type: 'number', minimum: 0 },
        },
      },
    },
    note: { type: 'string', maxLength: 500 },
    gift: { type: 'boolean' },
  },
};
