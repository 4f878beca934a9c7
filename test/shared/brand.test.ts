import { Logger } from '../../src/contracts/logger.js';
import { Reflector } from '../../src/decorators/reflector.js';
import { Request } from '../../src/http/request/request.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { Response } from '../../src/http/response/response.js';
import { brand, brandOf } from '../../src/shared/brand.js';
import { InjectionToken } from '../../src/shared/token.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';

/** Two classes as two copies of the package would have them. */
function twice(): [new () => object, new () => object] {
  class Here {}
  class There {}
  brand(Here, 'Test');
  brand(There, 'Test');
  return [Here, There];
}

describe('a branded class', () => {
  const [Here, There] = twice();

  it('recognises instances of its other copy, and of that one’s subclasses', () => {
    class Below extends There {}
    expect(new There()).toBeInstanceOf(Here);
    expect(new Here()).toBeInstanceOf(There);
    expect(new Below()).toBeInstanceOf(Here);
  });

  it('leaves its subclasses ordinary', () => {
    class Below extends Here {}
    class Beside extends Here {}
    expect(new Below()).toBeInstanceOf(Below);
    expect(new Beside()).not.toBeInstanceOf(Below);
    expect(new There()).not.toBeInstanceOf(Below);
    expect(brandOf(Below)).toBeUndefined();
  });

  it('does not take other brands, nor values that are no objects', () => {
    class Other {}
    brand(Other, 'Other');
    expect(new Other()).not.toBeInstanceOf(Here);
    for (const value of [null, undefined, 0, '', Symbol('x'), {}, () => 1])
      expect((value as unknown) instanceof Here).toBe(false);
  });

  it('has its mark where no loop and no JSON sees it', () => {
    const instance = Object.assign(new Here(), { a: 1 });
    expect([Object.keys(instance), JSON.stringify(instance), { ...instance }]).toEqual([['a'], '{"a":1}', { a: 1 }]);
  });

  it('is told by its name', () => {
    expect([brandOf(Here), brandOf(There), brandOf(class {}), brandOf(undefined), brandOf({})]).toEqual([
      'Test',
      'Test',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

function fromCopy<T>(path: string, name: string): T {
  let copy: Record<string, unknown> = {};
  jest.isolateModules(() => {
    copy = require(path) as Record<string, unknown>;
  });
  return copy[name] as T;
}

describe('across two copies of the package', () => {
  it.each<[string, string, { readonly prototype: object }]>([
    ['../../src/http/response/response.js', 'Response', Response],
    ['../../src/http/request/request.js', 'Request', Request],
    ['../../src/contracts/logger.js', 'Logger', Logger],
    ['../../src/decorators/reflector.js', 'Reflector', Reflector],
    ['../../src/shared/token.js', 'InjectionToken', InjectionToken],
    ['../../src/validation/pipes/validation-pipe.js', 'ValidationPipe', ValidationPipe],
  ])('%s: %s is another class of the same brand', (path, name, here) => {
    const there = fromCopy<{ readonly prototype: object }>(path, name);
    expect(there).not.toBe(here);
    expect([brandOf(there), brandOf(here)]).toEqual([name, name]);
    expect(Object.create(there.prototype) instanceof (here as new () => object)).toBe(true);
  });

  it('a response of the other copy is one, of a kind of its own too', () => {
    const Other = fromCopy<typeof JsonResponse>('../../src/http/response/json-response.js', 'JsonResponse');
    expect(new Other({ a: 1 })).toBeInstanceOf(Response);
  });
});
