import type { RouteDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ApiMetadata } from '../../metadata/api-metadata.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import { expandOptional, parsePattern } from '../../router/parse-pattern.js';
import type { PatternSegment } from '../../router/pattern-segment.js';
import { endsWithSlash } from '../../router/split-path.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Verb } from '../openapi-document.js';

/** One route at one of its places. */
export interface Place extends TemplatePath {
  readonly route: RouteDescription;
  readonly verb: Verb;
}

/** What was said of the route, else of its class. */
export function routeMetadata({ controller, key }: RouteDescription): ApiMetadata {
  const { api, methods } = classMetadata(controller);
  const own = methods.get(key)?.api;
  return { ...api, ...own, parameters: [...(own?.parameters ?? []), ...(api?.parameters ?? [])] };
}

/** What `@All` stands for where no other route has the method. */
const VERBS: readonly Verb[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/**
 * Where routes are to be found, each by its template and verb.
 *
 * @param apiVersion of versions that a header tells, the one to describe.
 * @throws BootstrapError when OpenAPI has one place for two of them.
 */
export function placesOf(routes: readonly RouteDescription[], apiVersion: string | undefined): Place[] {
  const described = routes.filter((route) => routeMetadata(route).excluded !== true && isOfVersion(route, apiVersion));
  const places = new Map<string, Place>();
  // `@All` last: it takes what is left.
  for (const route of described.toSorted(
    (one, other) => Number(one.method === 'ALL') - Number(other.method === 'ALL'),
  )) {
    for (const place of placesOfRoute(route)) addPlace(places, place);
  }
  return [...places.values()];
}

function isOfVersion({ version }: RouteDescription, apiVersion: string | undefined): boolean {
  return apiVersion === undefined || version === undefined || version === apiVersion;
}

function placesOfRoute(route: RouteDescription): Place[] {
  const verbs = route.method === 'ALL' ? VERBS : [route.method.toLowerCase() as Verb];
  return templatePaths(route.path, route.handler).flatMap((path) => verbs.map((verb) => ({ ...path, route, verb })));
}

function addPlace(places: Map<string, Place>, place: Place): void {
  const key = `${place.verb} ${shapeOf(place.template)}`;
  const taken = places.get(key);
  if (!taken) places.set(key, place);
  else if (place.route.method !== 'ALL') throw new BootstrapError(onePlace(taken, place));
}

/** Paths that differ in the names of parameters are one to OpenAPI. */
export function shapeOf(template: string): string {
  return template.replace(/\{[^{}]*\}/g, '{}');
}

function onePlace(one: Place, other: Place): string {
  const [first, second] = [one, other].map(
    ({ route, template }) => `${route.handler} (${template}${route.version ? `, version ${route.version}` : ''})`,
  );
  const advice =
    one.route.version === other.route.version
      ? 'Leave one of them out with @ApiExclude().'
      : `Say which version to describe, as in apiVersion: '${other.route.version ?? one.route.version}'.`;
  return `${first} and ${second} both answer ${one.verb.toUpperCase()}, and OpenAPI has one place for them. ${advice}`;
}

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
    parts
      .map((part) => {
        if (part.kind === 'text') return encodeURIComponent(part.text);
        const name = part.name === '*' ? 'rest' : part.name;
        parameters.set(name, parameterSchema(part));
        return `{${name}}`;
      })
      .join(''),
  );
  return { template: `/${texts.join('/')}${texts.length > 0 ? slash : ''}`, parameters };
}

function parameterSchema(part: { readonly kind: string; readonly constraint?: string }): JsonSchema {
  if (part.kind === 'wildcard') return { type: 'string', description: 'The rest of the path, slashes included.' };
  return part.constraint === undefined ? { type: 'string' } : { type: 'string', pattern: `^(?:${part.constraint})$` };
}
