export { fakeContext, type FakeContextOptions } from './fake-context.js';
export { events } from './events.js';
export type { HttpEventRequest } from './http-events.js';
export { inject, type InjectRequest } from './inject.js';
export type { InjectResponse } from './inject-response.js';
export { Test, type ProviderOverride, type TestingModuleBuilder } from './test.js';
export type { TestingApplication } from './testing-application.js';
