import { Expose, Transform, Type } from 'class-transformer';
import 'reflect-metadata';
import { IsIn, IsOptional, IsString, Length, ValidateIf, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { type ApplicationOptions, copiedOptions } from '../../../src/application/options/application-options.js';
import { factsHash, optionsHash } from '../../../src/application/plan/application-facts.js';
import { checkApplicationOptions } from '../../../src/application/plan/check-application-options.js';
import { differingFacts, factTexts } from '../../../src/application/plan/differing-facts.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { UseGuards, UseInterceptors } from '../../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Global, Module } from '../../../src/decorators/module.js';
import { Body, Param, Query } from '../../../src/decorators/parameters.js';
import { Controller, Cors, Get, Header, HttpCode, Post, Redirect, Version } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { lazy } from '../../../src/shared/module.js';
import { Scope } from '../../../src/shared/provider.js';
import { forwardRef, InjectionToken } from '../../../src/shared/token.js';
import type { Constructor } from '../../../src/shared/types.js';
import { ParseIntPipe } from '../../../src/validation/pipes/parse-pipes.js';
import { transformerMaps } from '../../../src/validation/transformer/transformer-maps.js';

/** What the environment of an application may decide. */
const BASE = {
  path: 'orders',
  controllerPath: '/api',
  version: '1',
  methodVersion: '2',
  status: 201,
  header: 'no-store',
  location: '/there',
  timeout: 3,
  classTimeout: 4,
  queue: 'orders',
  batch: false,
  key: 'id',
  pipes: 1,
  pipe: 'int',
  guards: 1,
  interceptorIsClass: true,
  hasCors: false,
  scope: Scope.DEFAULT as Scope,
  token: 'class',
  isGlobal: false,
  inject: 'one',
  useClass: 'one',
  providerToken: 'text',
  providers: 1,
  imports: 'none',
  forward: 'one',
  lazyPrefix: 'reports',
  exports: 0,
  parameterType: 'string',
  propertyType: 'string',
  parent: 'none',
  minimum: 2,
  rule: 'length',
  group: 'a',
  each: false,
  condition: false,
  message: 'is bad',
  allowed: 'x' as string | number,
  nested: 'one',
  expose: 'sku',
  transform: false,
  optionVersioning: 'v',
  optionGuards: 0,
  optionWhitelist: true,
  extraClass: false,
  name: 'Orders',
};

type Facts = typeof BASE;

class One {}
class Two {}
const guard = { canActivate: () => true };
class Intercepting {
  intercept = () => Promise.resolve(1);
}

const when = <D>(on: boolean, decorator: D): D[] => (on ? [decorator] : []);

function decorate(target: object, key: string, list: readonly unknown[]): void {
  Reflect.decorate(list as PropertyDecorator[], target, key);
}

/** Builds an application in which every fact is one place. */
function factsOf(given: Facts, ignored = 0): readonly [hash: string, texts: readonly string[]] {
  const token = new InjectionToken('a');
  const Named = { [given.name]: class {} }[given.name]!;
  const Line = class Line {};
  const Dto = class Dto {};
  const rules = { groups: [given.group], each: given.each, message: given.message };
  decorate(Dto.prototype, 'sku', [
    given.rule === 'length' ? Length(given.minimum, 9, rules) : IsString(rules),
    IsIn([given.allowed, ...(typeof given.allowed === 'string' ? [`${ignored}`] : [])], { context: { ignored } }),
    ...when(
      given.condition,
      ValidateIf(() => ignored > 0),
    ),
    IsOptional(),
    Expose({ name: given.expose }),
    ...when(
      given.transform,
      Transform(() => ignored),
    ),
  ]);
  Reflect.defineMetadata('design:type', given.propertyType === 'string' ? String : Number, Dto.prototype, 'sku');
  decorate(Dto.prototype, 'line', [ValidateNested(), Type(() => (given.nested === 'one' ? Line : Dto))]);

  const Base = class Base {};
  const Service = given.parent === 'none' ? class Service {} : class Service extends Base {};
  Injectable({ scope: given.scope })(Service);
  Inject({ class: One, forward: forwardRef(() => (given.forward === 'one' ? One : Two)), token }[given.token])(
    Service,
    undefined as never,
    0,
  );
  Inject(forwardRef(() => (given.forward === 'one' ? One : Two)))(Service.prototype, 'one');

  Object.assign(Named.prototype, { list: () => ignored, take: () => ignored });
  const member = (key: string, list: readonly unknown[]) =>
    Reflect.decorate(
      list as MethodDecorator[],
      Named.prototype,
      key,
      Object.getOwnPropertyDescriptor(Named.prototype, key),
    );
  const pipes = Array.from({ length: given.pipes }, () => (given.pipe === 'int' ? new ParseIntPipe() : One));
  Param(given.key, ...pipes)(Named.prototype, 'list', 0);
  Query()(Named.prototype, 'list', 1);
  Body(Dto as never)(Named.prototype, 'take', 0);
  const types = [given.parameterType === 'string' ? String : Number, Object];
  Reflect.defineMetadata('design:paramtypes', types, Named.prototype, 'list');
  member('list', [
    Get(given.path),
    HttpCode(given.status),
    Header('cache-control', given.header),
    Redirect(given.location),
    Version(given.methodVersion),
    Timeout(given.timeout),
    ...when(given.hasCors, Cors({ origin: `https://${ignored}` })),
    UseGuards(...Array.from({ length: given.guards }, () => guard)),
    UseInterceptors(given.interceptorIsClass ? Intercepting : new Intercepting()),
  ]);
  member('take', [OnSqs(given.queue, { batch: given.batch }), Post()]);
  Reflect.decorate(
    [Controller({ path: given.controllerPath, version: given.version }), Timeout(given.classTimeout)],
    Named,
  );

  const Other = class Other {};
  Module({})(Other);
  const dynamic = { module: Other, providers: [{ provide: 'x', useValue: { ignored } }] };
  const imports = { none: [], class: [Other], dynamic: [dynamic], more: [{ ...dynamic, global: true }] }[
    given.imports
  ]!;
  const provide = { text: 'text', other: 'other', token, class: One, symbol: Symbol.for('x') }[given.providerToken]!;
  const AppModule = class AppModule {};
  const providers = [
    { provide, useFactory: () => ignored, inject: [given.inject === 'one' ? One : { token: One, optional: true }] },
    { provide: 'class', useClass: given.useClass === 'one' ? One : Two },
    ...Array.from({ length: given.providers }, () => Service),
  ];
  Module({
    imports: [...imports, lazy(given.lazyPrefix, () => Other)],
    controllers: [Named as never],
    providers,
    exports: [provide].slice(0, given.exports),
  })(AppModule);
  if (given.isGlobal) Global()(AppModule);

  const options: ApplicationOptions = {
    versioning: { type: 'path', prefix: given.optionVersioning },
    guards: Array.from({ length: given.optionGuards }, () => guard),
    validation: { whitelist: given.optionWhitelist },
    requestsVia: { sqs: [`requests-${ignored}`] },
    basePath: `/${ignored}`,
    cors: ignored > 0,
    settings: { READ_TIMEOUT: 1 + ignored },
    accessLog: ignored === 0,
  };
  const classes = [One, Two, Dto, Line, Service, Named, Other, ...when(given.extraClass, Base), AppModule];
  const subject = { root: AppModule, options, classes, maps: transformerMaps() };
  return [factsHash(subject), factTexts(subject)];
}

/** Another value of the same kind for each fact. */
const OTHERS: { readonly [K in keyof Facts]: readonly Facts[K][] } = {
  ...(Object.fromEntries(
    Object.entries(BASE).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? [!value] : typeof value === 'number' ? [value + 1] : [`${value}x`, `x',`],
    ]),
  ) as unknown as { [K in keyof Facts]: Facts[K][] }),
  scope: [Scope.REQUEST],
  pipe: ['class'],
  token: ['forward', 'token'],
  inject: ['optional'],
  useClass: ['two'],
  providerToken: ['other', 'token', 'class', 'symbol'],
  imports: ['class', 'dynamic', 'more'],
  forward: ['two'],
  parameterType: ['number'],
  propertyType: ['number'],
  parent: ['base'],
  rule: ['string'],
  nested: ['two'],
  name: ['Others'],
  methodVersion: ['3'],
  version: ['3'],
  exports: [1],
  // Plans refer to the values that are allowed, of which the kinds count.
  allowed: [1],
};

const names = Object.keys(BASE) as (keyof Facts)[];

function differ(one: Facts, other: Facts): void {
  const [[hash, texts], [otherHash, otherTexts]] = [factsOf(one), factsOf(other)];
  expect(hash).not.toBe(otherHash);
  expect(texts).not.toEqual(otherTexts);
}

test.each(names)('changing %s changes the facts', (name) => {
  for (const other of OTHERS[name]) differ({ ...BASE, [name]: other }, BASE);
});

test('facts are equal exactly when what they were made of is, whatever functions return and values are', () => {
  const given = fc.record(
    Object.fromEntries(names.map((name) => [name, fc.constantFrom<unknown>(BASE[name], ...OTHERS[name])])),
  ) as unknown as fc.Arbitrary<Facts>;
  fc.assert(
    fc.property(given, fc.constantFrom(...names), fc.nat({ max: 3 }), (one, name, ignored) => {
      expect(factsOf(one, ignored)).toEqual(factsOf(one));
      const other = OTHERS[name].find((value) => value !== one[name]);
      // Where there is neither, the kind of pipe is not seen, and so on.
      const unseen = { pipe: 'pipes', minimum: 'rule' } as Partial<Record<keyof Facts, keyof Facts>>;
      const changed = { ...one, [name]: other, ...(unseen[name] && { [unseen[name]]: BASE[unseen[name]] }) };
      if (other !== undefined) differ(changed as Facts, { ...changed, [name]: one[name] } as Facts);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [{ path: 'others' }, 'methods.list.routes[0].paths[0] of Orders'],
  [{ providerToken: 'other' }, 'module.providers[0].provide of AppModule'],
  [{ minimum: 3 }, 'the validation rules [2].constraints[0] of Dto'],
  [{ optionVersioning: 'x' }, 'the option versioning.prefix of LambdaApplication.create'],
  [{ name: 'Others' }, 'where the build saw the class Orders, there is Others'],
  [{ parent: 'base' }, 'the parent of Service'],
  [{ parameterType: 'number' }, 'the types [0] of Orders'],
])('tells what is different: %j', (change, place) => {
  const [[, built], [, found]] = [factsOf(BASE), factsOf({ ...BASE, ...change })];
  expect(differingFacts([built], [found])).toContain(place);
});

function textsOf(type: Constructor): string[] {
  return factTexts({ root: type, options: {}, classes: [type], maps: undefined });
}

test('tells that a constructor is different', () => {
  const built = textsOf(
    class Service {
      constructor(readonly name: string) {}
    },
  );
  const found = textsOf(class Service {});
  expect(differingFacts([built], [found])).toBe('the constructor [1] of Service');
});

test.each([
  ['another root module', "{4'root:#0,},", ["1'A,[],", "1'B,[],"], 'no application of the build has its root module'],
  ['a class more', "{4'root:#2,},", ["1'A,[],", "4'More,[],", "1'B,[],"], 'saw the class B, there is More'],
  ['a class less', "{4'root:#0,},", ["1'B,[],"], 'saw the class A, there is B'],
])('tells %s from another application', (_, root, classes, difference) => {
  expect(differingFacts([["{4'root:#1,},", "1'A,[],", "1'B,[],"]], [[root, ...classes]])).toContain(difference);
});

function hashOf(options: object): string {
  return optionsHash({ options, classes: [] });
}

function isTaken(options: object): boolean {
  try {
    checkApplicationOptions(options);
    return true;
  } catch {
    return false;
  }
}

// Options that differ only in this are not checked at the start of a bundle.
describe('true and false', () => {
  test.each(Object.keys(copiedOptions({})))('are both taken as the option %s, or neither', (name) => {
    expect(isTaken({ [name]: true })).toBe(isTaken({ [name]: false }));
    expect(hashOf({ [name]: true })).toBe(hashOf({ [name]: false }));
  });

  test.each([[undefined], [null], ['true'], ['boolean'], [0], [{}], [[]], [[true]]])('are not as %j', (other) => {
    expect(hashOf({ accessLog: other })).not.toBe(hashOf({ accessLog: true }));
  });
});
