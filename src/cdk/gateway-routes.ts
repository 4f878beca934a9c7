import type { Construct } from 'constructs';
import type { RouteDescription } from '../contracts/application-description.js';
import { expandOptional, parsePattern } from '../router/parse-pattern.js';
import type { PatternSegment } from '../router/pattern-segment.js';

/** A route in API Gateway's words, as in `GET /orders/{id}`. */
export interface GatewayRoute {
  readonly method: RouteDescription['method'];
  readonly path: string;
}

/**
 * Routes for an API, each once. What API Gateway can't express, such as `/files/:name.:ext`, is left to the route that
 * takes all the rest. Constraints are left to the application. Of several names for a parameter at one place the first
 * counts, for REST APIs take one.
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
  return /^[\w.~-]+$/.test(part.text) ? part.text : undefined;
}

/** A name by which the API is found among those of other stacks. */
export function apiName({ node }: Construct): string {
  return node.path.replaceAll('/', '-');
}
