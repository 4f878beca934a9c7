import type { MaybePromise } from '../shared/types.js';

/** Called when the module's providers exist, in dependency order, before any other hook. */
export interface OnModuleInit {
  onModuleInit(): MaybePromise<void>;
}

/** Called when every module is initialised, before the first event. */
export interface OnApplicationBootstrap {
  onApplicationBootstrap(): MaybePromise<void>;
}

/** Called first when the application closes; `signal` is the reason, such as `SIGTERM`. */
export interface OnModuleDestroy {
  onModuleDestroy(signal?: string): MaybePromise<void>;
}

/** Called when the application closes, after every `onModuleDestroy` and before anything is disposed of. */
export interface BeforeApplicationShutdown {
  beforeApplicationShutdown(signal?: string): MaybePromise<void>;
}

/** Called last when the application closes. */
export interface OnApplicationShutdown {
  onApplicationShutdown(signal?: string): MaybePromise<void>;
}
