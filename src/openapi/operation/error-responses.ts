import type { JsonSchema } from '../../shared/json-schema.js';
import type { MediaType, Reference, ResponseObject } from '../openapi-document.js';

/** The bodies that Lambent sends to requests that it refuses; see docs/errors.md. */
export const ERROR_SCHEMAS: Record<string, JsonSchema> = {
  HttpError: {
    type: 'object',
    properties: { detail: { description: 'What is wrong, usually as text.' } },
    required: ['detail'],
    examples: [{ detail: 'Not Found' }],
  },
  ValidationError: {
    type: 'object',
    properties: { detail: { type: 'array', items: { $ref: '#/components/schemas/ValidationDetail' } } },
    required: ['detail'],
  },
  ValidationDetail: {
    type: 'object',
    description: 'One thing that is wrong with the input.',
    properties: {
      loc: {
        type: 'array',
        items: { type: ['string', 'integer'] },
        description:
          'Where: `body`, `query`, `path`, `header` or `cookie`, then the keys and indices down to the value.',
      },
      msg: { type: 'string', description: 'What is wrong, for people.' },
      type: { type: 'string', description: 'The rule that was broken, for programs.' },
      context: { type: 'object', description: 'The option `context` of the rule.' },
    },
    required: ['loc', 'msg', 'type'],
    examples: [{ loc: ['body', 'customer', 'email'], msg: 'email must be an email', type: 'isEmail' }],
  },
};

export const ERROR_RESPONSE: Reference = { $ref: '#/components/responses/Refused' };
export const VALIDATION_RESPONSE: Reference = { $ref: '#/components/responses/Invalid' };

export const ERROR_RESPONSES: Record<string, ResponseObject> = {
  Refused: {
    description: 'The request was refused; `detail` says why.',
    content: errorContent(),
  },
  Invalid: {
    description: 'The input was read but breaks validation rules; `detail` lists all of them.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ValidationError' } } },
  },
};

export function errorContent(): Record<string, MediaType> {
  return { 'application/json': { schema: { $ref: '#/components/schemas/HttpError' } } };
}

/** The content of a status that some refusals send with a list of broken rules, and others without. */
export function anyErrorContent(): Record<string, MediaType> {
  const schemas = ['ValidationError', 'HttpError'].map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return { 'application/json': { schema: { anyOf: schemas } } };
}
