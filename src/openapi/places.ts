import type { RouteDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Verb } from './openapi-document.js';
import { type Place, routeMetadata } from './operation.js';
import { templatePaths } from './template-path.js';

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
  for (const route of described.toSorted((one, other) => Number(one.method === 'ALL') - Number(other.method === 'ALL'))) {
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
  const [first, second] = [one, other].map(({ route, template }) => `${route.handler} (${template}${route.version ? `, version ${route.version}` : ''})`);
  const advice =
    one.route.version === other.route.version
      ? 'Leave one of them out with @ApiExclude().'
      : `Say which version to describe, as in apiVersion: '${other.route.version ?? one.route.version}'.`;
  return `${first} and ${second} both answer ${one.verb.toUpperCase()}, and OpenAPI has one place for them. ${advice}`;
}
