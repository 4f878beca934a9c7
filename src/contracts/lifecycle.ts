import type { MaybePromise } from '../shared/types.js';

/** Called when the module's providers are there, in dependency order, before the next hook of any. */
export interface OnModuleInit {
  onModuleInit(): MaybePromise<void>;
}

/** Called once every module is initialised, before the first event. */
export interface OnApplicationBootstrap {
  onApplicationBootstrap(): MaybePromise<void>;
}

/** Called first when the application closes; `signal` is what ended it, such as `SIGTERM`. */
export interface OnModuleDestroy {
  onModuleDestroy(signal?: string): MaybePromise<void>;
}

/**
 * For a class with something to do at `app.close()` after `onModuleDestroy` of all, and before anything is disposed of.
 */
export interface BeforeApplicationShutdown {
  beforeApplicationShutdown(signal?: string): MaybePromise<void>;
}

/** Called last, when everything else has been told. */
export interface OnApplicationShutdown {
  onApplicationShutdown(signal?: string): MaybePromise<void>;
}
