import type { CanActivate, ExecutionContext } from '../../src/contracts/pipeline.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { mergedMetadata } from '../../src/metadata/merged-metadata.js';
import { answer, serve } from '../binding/serve.js';

const Roles = Reflector.createDecorator<string[]>();
const Limits = Reflector.createDecorator<{ rate?: number; burst?: number }>();
const Public = () => SetMetadata('public', true);

@Roles(['user'])
@Limits({ rate: 1, burst: 2 })
@SetMetadata('area', 'shop')
class Shop {
  @Roles(['admin', 'root']) @Limits({ rate: 9 }) @SetMetadata('area', 'till') both() {}
  @Public() classOnly() {}
  plain() {}
}

class Branch extends Shop {}

const reflector = new Reflector();
const targets = (name: keyof Shop) => [Shop.prototype[name], Shop];

describe('Reflector', () => {
  it('reads what was written under a key, or by a decorator of its own', () => {
    expect(reflector.get('area', Shop)).toBe('shop');
    expect(reflector.get('area', Shop.prototype.both)).toBe('till');
    expect(reflector.get('public', Shop.prototype.classOnly)).toBe(true);
    expect(reflector.get(Roles, Shop)).toEqual(['user']);
    expect(reflector.get(Roles, Shop.prototype.plain)).toBeUndefined();
    expect(reflector.get(Symbol('other'), Shop)).toBeUndefined();
    expect(reflector.getAll(Roles, targets('both'))).toEqual([['admin', 'root'], ['user']]);
  });

  // A guard takes `undefined` for a route that asks for nothing, and lets everybody in.
  it.each<[string, () => unknown]>([
    ['a key that is not there', () => reflector.get(undefined as never, Shop)],
    ['null for a key', () => reflector.getAllAndOverride(null as never, [Shop])],
    ['a function that is no decorator', () => reflector.getAllAndMerge((() => 1) as never, [Shop])],
    ["key and target in each other's place", () => reflector.get(Shop as never, 'area' as never)],
    ['an instance', () => reflector.get('area', new Shop())],
    ['a name', () => reflector.get('area', 'both' as never)],
    ['no target', () => reflector.getAllAndOverride('area', [undefined as never, Shop])],
    ['a list in the place of a target', () => reflector.get('area', [Shop])],
    ['a target in the place of a list', () => reflector.getAllAndOverride('area', Shop as never)],
  ])('refuses %s', (_what, read) => {
    expect(read).toThrow(/^Reflector: /);
  });

  it('refuses decorators under no key, and options that it does not take', () => {
    expect(() => SetMetadata(undefined, ['admin'])).toThrow('The key of SetMetadata is undefined');
    expect(() => (Reflector.createDecorator as (options: object) => unknown)({ key: 'roles' })).toThrow(
      'takes no options',
    );
  });

  it('reads what a parent class says', () => {
    expect(reflector.get(Roles, Branch)).toEqual(['user']);
  });

  it('takes the first word where one overrides the other', () => {
    expect(reflector.getAllAndOverride(Roles, targets('both'))).toEqual(['admin', 'root']);
    expect(reflector.getAllAndOverride(Roles, targets('plain'))).toEqual(['user']);
    expect(reflector.getAllAndOverride('area', targets('both'))).toBe('till');
    expect(reflector.getAllAndOverride('none', targets('both'))).toBeUndefined();
  });

  it('takes a false, a zero and an empty text for words', () => {
    @SetMetadata('on', true)
    @SetMetadata('count', 5)
    class Off {
      @SetMetadata('on', false) @SetMetadata('count', 0) method() {}
    }
    expect(reflector.getAllAndOverride('on', [Off.prototype.method, Off])).toBe(false);
    expect(reflector.getAllAndOverride('count', [Off.prototype.method, Off])).toBe(0);
  });

  it('merges lists, objects and single values', () => {
    expect(reflector.getAllAndMerge(Roles, targets('both'))).toEqual(['admin', 'root', 'user']);
    expect(reflector.getAllAndMerge(Limits, [Shop, Shop.prototype.both])).toEqual({ rate: 9, burst: 2 });
    expect(reflector.getAllAndMerge('area', targets('both'))).toEqual(['till', 'shop']);
    expect(reflector.getAllAndMerge(Roles, targets('plain'))).toEqual(['user']);
    expect(reflector.getAllAndMerge('none', targets('both'))).toEqual([]);
  });

  // What reflector.getAllAndMerge of @nestjs/core 12 returns.
  it.each<[first: unknown, second: unknown, merged: unknown]>([
    [{ a: 1 }, ['x'], [{ a: 1 }, 'x']],
    [['x'], { a: 1 }, ['x', { a: 1 }]],
    [{ a: 1 }, 'x', [{ a: 1 }, 'x']],
    [{ a: 1 }, null, [{ a: 1 }, null]],
    [null, 'x', [null, 'x']],
    ['x', ['y'], ['x', 'y']],
    [undefined, { a: 1 }, { a: 1 }],
    [undefined, null, [null]],
  ])('merges %j and %j to %j', (first, second, merged) => {
    @SetMetadata('k', second)
    class Mixed {
      @SetMetadata('k', first) method() {}
    }
    expect(reflector.getAllAndMerge('k', [Mixed.prototype.method, Mixed])).toEqual(merged);
  });

  it('leaves what it merges as it was', () => {
    reflector.getAllAndMerge(Limits, [Shop, Shop.prototype.both]).rate = 100;
    expect(reflector.get(Limits, Shop)).toEqual({ rate: 1, burst: 2 });
  });

  it('is injected into a guard, which reads the metadata of the route', async () => {
    @Injectable()
    class RolesGuard implements CanActivate {
      constructor(private readonly words: Reflector) {}
      canActivate(context: ExecutionContext) {
        const roles = this.words.getAllAndOverride(Roles, [context.getHandler(), context.getClass()]) ?? [];
        return roles.includes(context.request.header('x-role') ?? '');
      }
    }
    @Controller()
    @Roles(['user'])
    @UseGuards(RolesGuard)
    class Guarded {
      @Get('all') all() {
        return 'all';
      }
      @Get('admins') @Roles(['admin']) admins() {
        return 'admins';
      }
    }
    const app = await serve(Guarded);
    const get = (url: string, role: string) => answer(app, { url, headers: { 'x-role': role } });
    expect(await get('/all', 'user')).toEqual([200, 'all']);
    expect(await get('/admins', 'admin')).toEqual([200, 'admins']);
    expect(await get('/admins', 'user')).toEqual([403, { detail: 'Forbidden' }]);
    expect(await get('/all', 'admin')).toEqual([403, { detail: 'Forbidden' }]);
  });

  it('knows the key of a decorator', () => {
    expect(Roles.KEY).not.toBe(Limits.KEY);
    expect(Roles([]).KEY).toBe(Roles.KEY);
    expect(Public().KEY).toBe('public');
  });
});

const guard = (name: string) => ({ name, canActivate: () => true });
const named = (guards: readonly unknown[]) => guards.map((one) => (one as { name: string }).name);
const Auth = (...roles: string[]) =>
  applyDecorators(Roles(roles), UseGuards(guard('first')), UseGuards(guard('second')));
const GetPublic = (path: string) => applyDecorators(Get(path, { status: 203 }), Public());

describe('applyDecorators', () => {
  @Auth('admin')
  class Applied {
    @Auth('user') @UseGuards(guard('third')) method() {}
  }

  it('says of a class and of a method what its decorators say, as if they were bound one after the other', () => {
    expect(reflector.get(Roles, Applied)).toEqual(['admin']);
    expect(reflector.get(Roles, Applied.prototype.method)).toEqual(['user']);
    expect(named(mergedMetadata(Applied).enhancers.guards)).toEqual(['first', 'second']);
    expect(named(mergedMetadata(Applied).methods.get('method')!.enhancers.guards)).toEqual([
      'third',
      'first',
      'second',
    ]);
  });

  it('makes a route of a method', async () => {
    @Controller()
    class Routes {
      @GetPublic('here') here() {
        return reflector.get('public', Routes.prototype.here);
      }
    }
    expect(await answer(await serve(Routes), { url: '/here' })).toEqual([203, true]);
  });
});
