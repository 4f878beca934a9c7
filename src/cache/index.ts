export { CacheControl, type CacheControlOptions } from './cache-control.js';
export { Cached, type CachedDecorator, type CachedOptions } from './cached.js';
