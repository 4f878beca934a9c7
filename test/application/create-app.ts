import 'reflect-metadata';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions, Configure } from '../../src/application/options/application-options.js';
import { Module } from '../../src/decorators/module.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { httpEvents } from '../../src/testing/http-events.js';

export type Source = keyof typeof httpEvents;

/** Every source that a behaviour is tested with. */
export const SOURCES = Object.keys(httpEvents) as Source[];

const open: LambdaApplication[] = [];

afterEach(async () => {
  await Promise.allSettled(open.splice(0).map((app) => app.close()));
});

/** An application of one module, closed after the test. */
export function createApp(metadata: ModuleMetadata, options: ApplicationOptions | Configure = {}): LambdaApplication {
  class AppModule {}
  Module(metadata)(AppModule);
  const app = LambdaApplication.create(AppModule, options);
  open.push(app);
  return app;
}

/** An application of one controller. */
export function appOf(controller: Constructor, options: ApplicationOptions = {}): LambdaApplication {
  return createApp({ controllers: [controller] }, options);
}
