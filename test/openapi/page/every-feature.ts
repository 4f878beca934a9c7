import type { OpenApiDocument } from '../../../src/openapi/openapi-document.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const ok = { description: 'Done' };

/** A document with what the page can show: Markdown, every kind of parameter, body, response, schema and security. */
export const EVERY_FEATURE: OpenApiDocument = {
  openapi: '3.1.1',
  info: {
    title: 'Zoo',
    version: '2.0.0',
    summary: 'Animals, and who looks after them.',
    description: `Everything about **animals**, for *keepers*. See the [handbook](https://example.com/handbook).

## Limits

| plan | requests a minute |
|---|---|
| free | 60 |
| paid | 6000 |

1. Send \`x-api-key\`.
2. Retry after a 429:
   - wait for \`retry-after\`
   - double the time

\`\`\`
x-api-key: …
\`\`\`

> Times are UTC.`,
    termsOfService: 'https://example.com/terms',
    contact: { name: 'Keepers', email: 'keepers@example.com' },
    license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
  },
  servers: [{ url: '/' }, { url: 'https://staging.example.com/v1', description: 'staging' }],
  security: [],
  tags: [{ name: 'Animals', description: 'Only those *in the zoo*.' }, { name: 'Files' }],
  paths: {
    '/animals': {
      get: {
        operationId: 'animalsList',
        summary: 'List animals',
        description: 'Newest first. Use `limit` with **care**.',
        tags: ['Animals'],
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
          {
            name: 'kinds',
            in: 'query',
            schema: { type: 'array', items: { type: 'string' } },
            description: 'Any of them.',
          },
          { name: 'x-trace', in: 'header', deprecated: true, schema: { type: 'string' }, example: "it's" },
          { name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['day', 'night'] } },
        ],
        responses: {
          200: {
            description: 'A page of `animals`.',
            headers: { link: { description: 'The *next* page.', schema: { type: 'string' } } },
            content: { 'application/json': { schema: { type: 'array', items: ref('Animal') } } },
          },
          '4XX': { $ref: '#/components/responses/Problem' },
        },
        security: [{ apiKey: [] }, { oauth: ['animals:read'], tenant: [] }],
      },
      post: {
        operationId: 'animalsAdd',
        summary: 'Add an animal',
        tags: ['Animals'],
        requestBody: {
          description: 'As the keeper sees it.',
          required: true,
          content: {
            'application/json': {
              schema: ref('Animal'),
              examples: {
                cat: { summary: 'A cat', value: { kind: 'cat', name: "Minka's", lives: 9 } },
                dog: { summary: 'A dog', value: { kind: 'dog', name: 'Rex', friends: [] } },
              },
            },
            'text/plain': { schema: { type: 'string' }, example: '@minka' },
          },
        },
        responses: {
          201: { description: 'Added', content: { 'application/json': { schema: ref('Animal') } } },
          422: { $ref: '#/components/responses/Invalid' },
        },
        security: [{ basic: [] }],
      },
    },
    '/animals/{id}': {
      delete: {
        operationId: 'animalsRemove',
        summary: 'Remove an animal',
        deprecated: true,
        tags: ['Animals'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { 204: ok },
        security: [{ session: [] }],
      },
    },
    '/animals/{id}/sounds': {
      get: {
        operationId: 'animalsHear',
        summary: 'Hear an animal',
        tags: ['Animals'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a/b c' }],
        responses: { 200: { description: 'Events', content: { 'text/event-stream': {} } } },
      },
    },
    '/animals/{id}/photos': {
      put: {
        operationId: 'photosAdd',
        summary: 'Add photos',
        tags: ['Files'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: {
                  photos: { type: 'array', items: { type: 'string', contentMediaType: 'image/png' } },
                  caption: { type: 'string', examples: ['In the sun'] },
                },
                required: ['photos'],
              },
            },
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: {
                  caption: { type: 'string', examples: ['a & b'] },
                  labels: { type: 'array', items: { type: 'string' }, examples: [['x', 'y']] },
                },
              },
            },
          },
        },
        responses: { 200: { description: 'The photo', content: { 'image/png': { schema: {} } } } },
        security: [{ token: [] }],
      },
      patch: {
        operationId: 'photosRename',
        summary: 'Rename',
        tags: ['Files'],
        responses: { 204: ok },
        security: [{ keyInQuery: [] }],
      },
    },
  },
  components: {
    schemas: {
      Animal: {
        description: 'An animal *of the zoo*.',
        oneOf: [ref('Cat'), ref('Dog')],
        discriminator: {
          propertyName: 'kind',
          mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
        },
      },
      Cat: {
        type: 'object',
        properties: {
          kind: { const: 'cat' },
          name: { type: 'string', minLength: 1, maxLength: 40, description: 'As **written** on the door.' },
          lives: { type: 'integer', minimum: 0, maximum: 9, default: 9 },
          born: { type: ['string', 'null'], format: 'date' },
          id: { type: 'string', format: 'uuid', readOnly: true },
        },
        required: ['kind', 'name'],
      },
      Dog: {
        type: 'object',
        properties: {
          kind: { const: 'dog' },
          name: { type: 'string', pattern: '^[A-Z]' },
          friends: { type: 'array', items: ref('Dog'), maxItems: 5, uniqueItems: true },
          owner: { oneOf: [ref('Owner'), { type: 'null' }] },
          barks: { type: 'boolean', deprecated: true },
        },
        required: ['kind', 'name', 'friends'],
        additionalProperties: false,
      },
      Owner: {
        allOf: [
          { type: 'object', properties: { email: { type: 'string', format: 'email' } }, required: ['email'] },
          { type: 'object', properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } } },
        ],
      },
    },
    responses: {
      Problem: {
        description: 'The request was refused.',
        content: {
          'application/json': {
            schema: { type: 'object', properties: { detail: { type: 'string' } }, required: ['detail'] },
          },
        },
      },
      Invalid: {
        description: 'The request is not valid.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                detail: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { msg: { type: 'string' }, loc: { type: 'array', items: { type: 'string' } } },
                    required: ['msg', 'loc'],
                  },
                },
              },
              required: ['detail'],
            },
          },
        },
      },
    },
    securitySchemes: {
      apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'From the **keepers**.' },
      keyInQuery: { type: 'apiKey', in: 'query', name: 'key' },
      session: { type: 'apiKey', in: 'cookie', name: 'session' },
      basic: { type: 'http', scheme: 'basic' },
      token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      tenant: { type: 'apiKey', in: 'header', name: 'x-tenant' },
      oauth: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://login.example.com/authorize',
            tokenUrl: 'https://login.example.com/token',
            scopes: { 'animals:read': 'See animals' },
          },
        },
      },
      openId: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration' },
    },
  },
};
