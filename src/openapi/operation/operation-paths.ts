import type { RouteDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ApiMetadata } from '../../metadata/api-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { expandOptional, parsePattern } from '../../router/parse-pattern.js';
import { endsWithSlash } from '../../router/paths.js';
import type { PatternSegment } from '../../router/pattern-segment.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Verb } from '../openapi-document.js';

/** A route at one of its paths. */
export interface OperationPath extends TemplatePath {
  readonly route: RouteDescription;
  readonly verb: Verb;
}

/** Returns the metadata of a route, and of its class where the route has none. */
export function routeMetadata({ controller, key }: RouteDescription): ApiMetadata {
  const { api, methods } = mergedMetadata(controller);
  const own = methods.get(key)?.api;
  return { ...api, ...own, parameters: [...(own?.parameters ?? []), ...(api?.parameters ?? [])] };
}

/** The verbs of `@All`, where no other route has them. */
const VERBS: readonly Verb[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/**
 * Returns the paths of routes, each with its template and verb.
 *
 * @param apiVersion The version to describe, if a header selects the version.
 * @throws BootstrapError when OpenAPI cannot tell two routes apart.
 */
export function operationPaths(routes: readonly RouteDescription[], apiVersion: string | undefined): OperationPath[] {
  const isOfVersion = ({ version }: RouteDescription): boolean =>
    apiVersion === undefined || version === undefined || version === apiVersion;
  const described = routes.filter((route) => routeMetadata(route).excluded !== true && isOfVersion(route));
  const paths = new Map<string, OperationPath>();
  // `@All` last: it takes the verbs that are left.
  for (const route of described.toSorted(
    (one, other) => Number(one.method === 'ALL') - Number(other.method === 'ALL'),
  )) {
    for (const path of pathsOfRoute(route)) addPath(paths, path);
  }
  return [...paths.values()];
}

function pathsOfRoute(route: RouteDescription): OperationPath[] {
  const verbs = route.method === 'ALL' ? VERBS : [route.method.toLowerCase() as Verb];
  return distinctPaths(templatePaths(route.path, route.handler)).flatMap((path) =>
    verbs.map((verb) => ({ ...path, route, verb })),
  );
}

/** Merges the paths that differ only in parameter names, such as `/{from}` and `/{to}` of `/:from?/:to?`. */
function distinctPaths(paths: readonly TemplatePath[]): TemplatePath[] {
  const distinct = new Map<string, TemplatePath>();
  for (const path of paths) {
    const shape = shapeOf(path.template);
    const first = distinct.get(shape);
    distinct.set(shape, first ? eitherPath(first, path) : path);
  }
  return [...distinct.values()];
}

/** Returns a path with the names of the first, whose parameters may have the values of both. */
function eitherPath({ template, parameters }: TemplatePath, other: TemplatePath): TemplatePath {
  const others = [...other.parameters.values()];
  const either = [...parameters].map(
    ([name, { key, schema }], index) => [name, { key, schema: eitherPattern(schema, others[index]!.schema) }] as const,
  );
  return { template, parameters: new Map(either) };
}

function eitherPattern({ pattern: one, ...schema }: JsonSchema, { pattern: other }: JsonSchema): JsonSchema {
  if (one === undefined || other === undefined) return schema;
  return { ...schema, pattern: one === other ? one : `${one}|${other}` };
}

function addPath(paths: Map<string, OperationPath>, path: OperationPath): void {
  const key = `${path.verb} ${shapeOf(path.template)}`;
  const taken = paths.get(key);
  if (!taken) paths.set(key, path);
  else if (path.route.method !== 'ALL') throw new BootstrapError(sameOperation(taken, path));
}

/** Returns a template without parameter names: OpenAPI cannot tell paths apart by them. */
export function shapeOf(template: string): string {
  return template.replace(/\{[^{}]*\}/g, '{}');
}

function sameOperation(one: OperationPath, other: OperationPath): string {
  const [first, second] = [one, other].map(
    ({ route, template }) => `${route.handler} (${template}${route.version ? `, version ${route.version}` : ''})`,
  );
  const advice =
    one.route.version === other.route.version
      ? 'Leave one of them out with @ApiExclude().'
      : `Select the version to describe, as in apiVersion: '${other.route.version ?? one.route.version}'.`;
  const verb = one.verb.toUpperCase();
  return `${first} and ${second} both handle ${verb}, and OpenAPI describes only one of them. ${advice}`;
}

/** A path as OpenAPI writes it, with its parameters. */
export interface TemplatePath {
  /** Such as `/orders/{id}`. */
  readonly template: string;
  /** By name, in order. */
  readonly parameters: ReadonlyMap<string, PathParameter>;
}

export interface PathParameter {
  /** Its name in the pattern, `*` for a wildcard without one. */
  readonly key: string;
  readonly schema: JsonSchema;
}

/** Returns the paths of a route's pattern: two if a segment is optional. */
export function templatePaths(pattern: string, owner: string): TemplatePath[] {
  const slash = endsWithSlash(pattern) ? '/' : '';
  const segments = parsePattern(pattern, owner);
  const nameOf = parameterNames(segments);
  return expandOptional(segments).map((path) => templatePath(path, slash, nameOf));
}

/** Names parameters as the pattern does, and a wildcard without a name `rest` unless a parameter has it. */
function parameterNames(segments: readonly PatternSegment[]): (key: string) => string {
  const keys = new Set(segments.flatMap(({ parts }) => parts.map((part) => (part.kind === 'text' ? '' : part.name))));
  let rest = 'rest';
  for (let count = 2; keys.has(rest); count++) rest = `rest${count}`;
  return (key) => (key === '*' ? rest : key);
}

function templatePath(
  segments: readonly PatternSegment[],
  slash: string,
  nameOf: (key: string) => string,
): TemplatePath {
  const parameters = new Map<string, PathParameter>();
  const texts = segments.map(({ parts }) =>
    parts
      .map((part) => {
        if (part.kind === 'text') return encodeURIComponent(part.text);
        const name = nameOf(part.name);
        parameters.set(name, { key: part.name, schema: parameterSchema(part) });
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
