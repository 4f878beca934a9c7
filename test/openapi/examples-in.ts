import type { OpenApiDocument } from '../../src/openapi/openapi-document.js';

interface Example {
  readonly pointer: string;
  readonly schema: object;
  readonly example: unknown;
}

/** Every example in a document and every default, with the schema that it is for and where it stands. */
export function examplesIn(document: OpenApiDocument): Example[] {
  const found: Example[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const {
      examples,
      example,
      schema,
      default: initial,
    } = value as { examples?: unknown; example?: unknown; schema?: object; default?: unknown };
    if (Array.isArray(examples))
      found.push(...examples.map((each: unknown) => ({ pointer, schema: value, example: each })));
    if (initial !== undefined) found.push({ pointer, schema: value, example: initial });
    if (example !== undefined && schema) found.push({ pointer, schema, example });
    for (const [key, member] of Object.entries(value))
      if (key !== 'examples' && key !== 'example') visit(member, `${pointer}/${key}`);
  };
  visit({ paths: document.paths, components: document.components }, '#');
  return found;
}
