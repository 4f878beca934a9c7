export { fakeContext, type FakeContextOptions } from './fake-context.js';
export { events } from './events.js';
export type { HttpEventRequest } from './http-events.js';
export { inject, type InjectRequest } from './inject.js';
export type { InjectResponse } from './inject.js';
export { Test } from './testing-module-builder.js';
export type { LogLine } from './captured-logs.js';
export type { ModuleOverride, ProviderOverride, TestingModuleBuilder } from './testing-module-builder.js';
export type { TestingApplication } from './testing-application.js';
