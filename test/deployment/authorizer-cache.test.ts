import { cacheAdvice } from '../../src/deployment/authorizer-cache.js';

const of = (returns: string | undefined, source = 'authorizer') =>
  cacheAdvice([{ source, criteria: {}, handler: 'Doors.open', returns }], 'the cache to 0');

test('an authorizer that decides about one request is advised to have no cache', () => {
  expect(of('Boolean')).toEqual({
    certain: true,
    text:
      'Doors.open returns true or false, which decides about one request, but API Gateway applies it to all requests of ' +
      'the caller until its cache expires. Set the cache to 0, or return authorizerPolicy({ … }) for allRoutes(…) or ' +
      'allowedRoutes(…).',
  });
  expect(of('Promise')).toMatchObject({
    certain: false,
    text: expect.stringContaining('Doors.open may return true or false') as string,
  });
});

test('one that answers with policies is not, and nobody else', () => {
  expect([of('Object'), of('Boolean', 'sqs'), cacheAdvice([], 'it')]).toEqual([undefined, undefined, undefined]);
});
