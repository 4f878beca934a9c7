import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from '../../contracts/lifecycle.js';
import { isObject } from '../../shared/types.js';

export type Hooks = OnModuleInit &
  OnApplicationBootstrap &
  OnModuleDestroy &
  BeforeApplicationShutdown &
  OnApplicationShutdown;

export const START = ['onModuleInit', 'onApplicationBootstrap'] as const;
export const STOP = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;
const HOOKS = [...START, ...STOP];

/** Whether an instance has lifecycle hooks, which few have. */
export function hasHooks(instance: unknown): instance is Partial<Hooks> {
  return isObject(instance) && HOOKS.some((hook) => typeof (instance as Partial<Hooks>)[hook] === 'function');
}
