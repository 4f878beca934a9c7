export { callerNetwork, type RateLimitBy } from './caller.js';
export { RateLimit } from './rate-limit.js';
export { RateLimitModule, type RateLimitModuleOptions } from './rate-limit-module.js';
export type { OnStoreError, RateLimitOptions, RateLimitPeriod } from './rate-limit-options.js';
export type { RateLimitTable } from './table-store.js';
