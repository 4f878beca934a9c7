import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Authenticated, Public, Roles } from '../../src/auth/access-decorators.js';
import { AuthGuard } from '../../src/auth/auth-guard.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import type { CanActivate } from '../../src/contracts/pipeline.js';
import { For, UseGuards } from '../../src/decorators/enhancers.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { RateLimit } from '../../src/rate-limit/rate-limit.js';
import type { ModuleMetadata } from '../../src/shared/module.js';

class Office implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@For('sqs')
class QueueOnly extends Office {}

@Controller()
class Orders {
  @Get('plain') plain() {}
  @Get('limited') @RateLimit({ limit: 1, per: 'hour', by: 'ip' }) limited() {}
  @Get('public') @Public() public() {}
  @Get('authenticated') @Authenticated() authenticated() {}
  @Get('roles') @Roles('admin') roles() {}
  @Get('office') @UseGuards(Office) office() {}
  @Get('public-office') @Public() @UseGuards(Office) publicOffice() {}
}

@Controller('inside')
@UseGuards(new Office())
class Inside {
  @Get() @Public() all() {}
}

/** The paths of the routes that every caller may use. */
function openPaths(metadata: ModuleMetadata, options?: ApplicationOptions): string[] {
  class AppModule {}
  Module({ controllers: [Orders, Inside], ...metadata })(AppModule);
  const { routes } = LambdaApplication.describe(AppModule, options);
  return routes.filter(({ guarded }) => !guarded).map(({ path }) => path);
}

test('a route is guarded by its own guards and those of its class, and by none that is for other events', () => {
  expect(openPaths({}, { guards: [QueueOnly, new QueueOnly()] })).toEqual(openPaths({}));
  expect(openPaths({})).toEqual(['/plain', '/limited', '/public']);
});

test.each([
  ['among the options', {}, { guards: [AuthGuard] }],
  ['under APP_GUARD', { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] }, undefined],
])('AuthGuard %s leaves public routes open', (_place, metadata: ModuleMetadata, options?: ApplicationOptions) => {
  expect(openPaths(metadata, options)).toEqual(['/public']);
});

test.each([
  ['among the options', {}, { guards: [new Office()] }],
  ['under APP_GUARD, by a token', { providers: [{ provide: APP_GUARD, useExisting: 'office' }] }, undefined],
  ['of a factory', { providers: [{ provide: APP_GUARD, useFactory: () => new Office() }] }, undefined],
])('any other guard of all routes guards all of them: %s', (_place, metadata, options?: ApplicationOptions) => {
  const office = { provide: 'office', useValue: new Office() };
  const { providers = [] } = metadata as ModuleMetadata;
  expect(openPaths({ providers: [...providers, office] }, options)).toEqual([]);
});
