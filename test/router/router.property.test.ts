import fc from 'fast-check';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { planPattern } from '../../src/router/plan-pattern.js';
import { Router, STRICT } from '../../src/router/router.js';
import type { HttpMethod } from '../../src/shared/http-method.js';
import { addPattern } from './add-pattern.js';

// The reference: each route is a list of whole-path regular expressions, tried one after the other,
// ordered by the rank of their segments. Slow and plain, and it shares no code with the router.

interface Piece {
  pattern: string;
  /** What it matches in a percent-encoded path; each capture is one parameter. */
  expression: string;
  rank: number;
  optional?: boolean;
}

const pieces: Record<string, Piece> = {
  a: { pattern: 'a', expression: '(?:a|%61)', rank: 0 },
  b: { pattern: 'b', expression: 'b', rank: 0 },
  accent: { pattern: 'é', expression: '%C3%A9', rank: 0 },
  mixed: { pattern: 'v:#', expression: 'v([^/]+)', rank: 1 },
  digits: { pattern: ':#(\\d+)', expression: '([0-9]+)', rank: 2 },
  plain: { pattern: ':#', expression: '([^/]+)', rank: 3 },
  braced: { pattern: '{#}', expression: '([^/]+)', rank: 3 },
  optional: { pattern: ':#?', expression: '([^/]+)', rank: 3, optional: true },
};
const tail: Record<string, Piece> = {
  wildcard: { pattern: '*#', expression: '([^/]+(?:/[^/]*)*?)', rank: 4 },
  proxy: { pattern: '{#+}', expression: '([^/]+(?:/[^/]*)*?)', rank: 4 },
  optional: { pattern: '*#?', expression: '([^/]+(?:/[^/]*)*?)', rank: 4, optional: true },
};

interface Candidate {
  expression: RegExp;
  ranks: number[];
  names: string[];
}

function named(list: readonly Piece[]): Piece[] {
  return list.map((piece, index) => ({ ...piece, pattern: piece.pattern.replace('#', `p${index}`) }));
}

function patternOf(list: readonly Piece[]): string {
  return `/${named(list)
    .map(({ pattern }) => pattern)
    .join('/')}`;
}

function candidatesOf(list: readonly Piece[]): Candidate[] {
  let variants: Piece[][] = [[]];
  for (const piece of named(list).toReversed()) {
    const kept = variants.map((rest) => [piece, ...rest]);
    variants = piece.optional ? [...kept, ...variants] : kept;
  }
  return variants.map((variant) => ({
    expression: new RegExp(`^${variant.map(({ expression }) => `/${expression}`).join('')}/?$`),
    ranks: variant.map(({ rank }) => rank),
    names: variant.filter(({ rank }) => rank > 0).map(({ pattern }) => /p\d/.exec(pattern)?.[0] ?? ''),
  }));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

interface AddedRoute {
  method: HttpMethod | 'ALL';
  list: Piece[];
}

function reference(routes: readonly AddedRoute[], method: HttpMethod, path: string) {
  const hits = routes
    .filter((route) => route.method === method || route.method === 'ALL')
    .flatMap((route) => candidatesOf(route.list).map((candidate) => ({ route, candidate })))
    .flatMap(({ route, candidate }) => {
      const found = candidate.expression.exec(path);
      return found ? [{ route, candidate, values: found.slice(1).map(decodeURIComponent) }] : [];
    });
  const own = (route: AddedRoute) => (route.method === 'ALL' ? 1 : 0);
  const [best] = hits.toSorted(
    (a, b) => compareRanks(a.candidate.ranks, b.candidate.ranks) || own(a.route) - own(b.route),
  );
  if (!best) return undefined;
  const { names } = best.candidate;
  return {
    pattern: patternOf(best.route.list),
    params: Object.fromEntries(best.values.map((value, i) => [names[i], value])),
  };
}

const routeArbitrary: fc.Arbitrary<AddedRoute> = fc.record({
  method: fc.constantFrom<HttpMethod | 'ALL'>('GET', 'POST', 'ALL'),
  list: fc
    .tuple(
      fc.array(fc.constantFrom(...Object.values(pieces)), { maxLength: 4 }),
      fc.option(fc.constantFrom(...Object.values(tail)), { nil: undefined, freq: 4 }),
    )
    .map(([list, last]) => (last ? [...list, last] : list)),
});

const segmentArbitrary = fc.constantFrom(
  'a',
  '%61',
  'b',
  '%C3%A9',
  'v1',
  'v%2F',
  'v',
  '12',
  'x',
  'a%2Fb',
  '%252F',
  '..',
  '',
);
const pathArbitrary = fc
  .tuple(fc.array(segmentArbitrary, { maxLength: 5 }), fc.boolean())
  .map(([segments, slash]) => `/${segments.join('/')}${slash && segments.length > 0 ? '/' : ''}`);

function addAll(routes: readonly AddedRoute[]) {
  const router = new Router<AddedRoute>({ ignoreTrailingSlash: true, caseSensitive: true });
  const added: AddedRoute[] = [];
  for (const route of routes) {
    try {
      const pattern = patternOf(route.list);
      addPattern(router, { method: route.method, pattern, target: route, version: undefined }, () => pattern);
      added.push(route);
    } catch (error) {
      // A half-added optional pattern would answer in the router only: start over without it.
      if (!(error instanceof BootstrapError)) throw error;
      return addAll(routes.filter((other) => other !== route));
    }
  }
  return { router, added };
}

test('the router finds what a list of regular expressions finds', () => {
  fc.assert(
    fc.property(
      fc.array(routeArbitrary, { maxLength: 12 }),
      fc.array(fc.tuple(fc.constantFrom<HttpMethod>('GET', 'POST'), pathArbitrary), { minLength: 1, maxLength: 10 }),
      (routes, requests) => {
        const { router, added } = addAll(routes);
        for (const [method, path] of requests) {
          const match = router.match(method, path);
          const expected = reference(added, method, path);
          expect(match && { pattern: patternOf(match.target.list), params: { ...match.params } }).toEqual(expected);
          expect(router.allowed(path).includes(method)).toBe(expected !== undefined);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('any path at all is matched, missed or a bad request', () => {
  const { router } = addAll([
    { method: 'GET', list: [pieces['a'] as Piece, pieces['plain'] as Piece] },
    { method: 'ALL', list: [pieces['mixed'] as Piece, tail['wildcard'] as Piece] },
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      try {
        router.match('GET', `/${text}`);
      } catch (error) {
        expect(error).toMatchObject({ statusCode: 400 });
      }
    }),
    { numRuns: 2000 },
  );
});

test('any pattern at all is taken or refused with the path in the message', () => {
  const alphabet = fc.constantFrom(
    '/',
    'a',
    ':',
    'id',
    '(',
    ')',
    '{',
    '}',
    '*',
    '?',
    '+',
    '\\',
    '%',
    '[',
    ']',
    '.',
    '|',
    'é',
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 14 }), (parts) => {
      const pattern = `/${parts.join('')}`;
      try {
        planPattern(pattern, 'A', STRICT);
      } catch (error) {
        expect(error).toBeInstanceOf(BootstrapError);
        expect((error as Error).message).toContain(`A: the path "${pattern}" has `);
      }
    }),
    { numRuns: 5000 },
  );
});
