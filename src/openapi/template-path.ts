import { expandOptional } from '../router/expand-optional.js';
import { parsePattern } from '../router/parse-pattern.js';
import { endsWithSlash } from '../router/split-path.js';
import type { PatternSegment } from '../router/pattern-segment.js';
import type { JsonSchema } from '../shared/json-schema.js';

/** A path as OpenAPI writes it, with what the pattern says of its parameters. */
export interface TemplatePath {
  /** As in `/orders/{id}`. */
  readonly template: string;
  /** By name, in their order. */
  readonly parameters: ReadonlyMap<string, JsonSchema>;
}

/** The paths that a route's pattern stands for: two where a segment is optional. */
export function templatePaths(pattern: string, owner: string): TemplatePath[] {
  const slash = endsWithSlash(pattern) ? '/' : '';
  return expandOptional(parsePattern(pattern, owner)).map((segments) => templatePath(segments, slash));
}

function templatePath(segments: readonly PatternSegment[], slash: string): TemplatePath {
  const parameters = new Map<string, JsonSchema>();
  const texts = segments.map(({ parts }) =>
    parts.map((part) => {
      if (part.kind === 'text') return encodeURIComponent(part.text);
      const name = part.name === '*' ? 'rest' : part.name;
      parameters.set(name, schemaOf(part));
      return `{${name}}`;
    }).join(''),
  );
  return { template: `/${texts.join('/')}${texts.length > 0 ? slash : ''}`, parameters };
}

function schemaOf(part: { readonly kind: string; readonly constraint?: string }): JsonSchema {
  if (part.kind === 'wildcard') return { type: 'string', description: 'The rest of the path, slashes included.' };
  return part.constraint === undefined ? { type: 'string' } : { type: 'string', pattern: `^(?:${part.constraint})$` };
}
