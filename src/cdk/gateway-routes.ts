import type { RouteDescription } from '../contracts/application-description.js';
import { expandOptional, parsePattern } from '../router/parse-pattern.js';
import type { PatternSegment } from '../router/pattern-segment.js';

/** A route in API Gateway's syntax, such as `GET /orders/{id}`. */
export interface GatewayRoute {
  readonly method: RouteDescription['method'];
  readonly path: string;
}

/**
 * Returns the routes for an API, without duplicates.
 *
 * Leaves out paths that API Gateway cannot express, such as `/files/:name.:ext`, whose requests arrive through the
 * catch-all route, and leaves constraints to the application. When a parameter has several names at the same place, the
 * first one is used, because REST APIs allow only one.
 */
export function gatewayRoutes(
  routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[],
): GatewayRoute[] {
  const names = new Map<string, string>();
  const found = new Map<string, GatewayRoute>();
  for (const { method, path, handler } of routes) {
    for (const segments of expandOptional(parsePattern(path, handler))) {
      const gatewayPath = pathOf(segments, names);
      if (gatewayPath !== undefined) found.set(`${method} ${gatewayPath}`, { method, path: gatewayPath });
    }
  }
  return [...found.values()];
}

function pathOf(segments: readonly PatternSegment[], names: Map<string, string>): string | undefined {
  let path = '';
  for (const segment of segments) {
    const text = textOf(segment);
    if (text === undefined || path.endsWith('+}')) return undefined;
    const place = `${path}/${text.startsWith('{') ? text.replace(/[^+{}]/g, '') : text}`;
    if (!names.has(place)) names.set(place, text);
    path += `/${names.get(place)}`;
  }
  return path || '/';
}

function textOf({ parts }: PatternSegment): string | undefined {
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return undefined;
  if (part.kind !== 'text') return `{${part.name}${part.kind === 'wildcard' ? '+' : ''}}`;
  // The CDK takes no other characters in the path of a REST API.
  return /^[\w.-]+$/.test(part.text) ? part.text : undefined;
}
