import { storeModule } from '../aws/store-module.js';
import type { AsyncOptions } from '../contracts/async-options.js';
import type { TableUse } from '../contracts/aws-uses.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { checkOptions, either, oneOf, anObject } from '../errors/check-options.js';
import { builtInMetadata } from '../metadata/class-metadata.js';
import type { Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import { anOnStoreError, type OnStoreError } from './rate-limit-options.js';
import { MemoryStore } from './rate-limit-store.js';
import { openTable, type RateLimitTable, TABLE_RULES } from './table-store.js';
import { WindowCounter } from './window-counter.js';

/** Options of `RateLimitModule.forRoot`. */
export interface RateLimitModuleOptions {
  /**
   * The store of counts: a DynamoDB table, for all execution environments together; or the memory of each environment,
   * which allows the limit once for each of them.
   */
  readonly store: 'memory' | RateLimitTable;
  /**
   * The treatment of a request while the table is throttled, unreachable or slow. `'refuse'`, the default, responds
   * with 503; `'allow'` lets it pass, uncounted, and logs an error. A mistake such as a missing table is an error with
   * both.
   */
  readonly onError?: OnStoreError;
}

/** Provides what `@RateLimit` counts requests with. */
export class RateLimitModule {
  /** @throws BootstrapError for an unknown option, a wrong value, or no store. */
  static forRoot(options: RateLimitModuleOptions): DynamicModule {
    checkModuleOptions(options);
    const { store } = options;
    return rateLimitModule({ useFactory: () => options }, store === 'memory' ? [] : [tableUse(store.table)]);
  }

  /**
   * Like {@link RateLimitModule.forRoot}, for options that depend on other providers, such as a client, or on variables
   * of the deployed function. Deployments assume a table.
   */
  static forRootAsync(options: AsyncOptions<RateLimitModuleOptions>): DynamicModule {
    return rateLimitModule(options, [tableUse(undefined)]);
  }
}
brand(RateLimitModule, 'RateLimitModule');
builtInMetadata(RateLimitModule).module = {};

function rateLimitModule(options: AsyncOptions<RateLimitModuleOptions>, uses: readonly TableUse[]): DynamicModule {
  return storeModule({ module: RateLimitModule, store: WindowCounter, open: openLimiter, uses }, options);
}

function tableUse(name: string | undefined): TableUse {
  return { kind: 'table', purpose: 'rate-limit', name, key: 'id', sortKey: undefined };
}

async function openLimiter(options: RateLimitModuleOptions, settings?: Settings): Promise<WindowCounter> {
  checkModuleOptions(options);
  const { store, onError } = options;
  return new WindowCounter(store === 'memory' ? new MemoryStore() : await openTable(store, settings), onError);
}

function checkModuleOptions(options: RateLimitModuleOptions): void {
  checkOptions(
    options,
    { store: either(oneOf('memory'), anObject), onError: anOnStoreError },
    'the options of RateLimitModule',
  );
  const { store } = options;
  if (store === undefined)
    throw new BootstrapError("RateLimitModule needs the option store: { table: 'rate-limits' }, or 'memory'.");
  if (store === 'memory') return;
  checkOptions(store, TABLE_RULES, 'the option store of RateLimitModule');
  if (store.table === undefined)
    throw new BootstrapError('The option store of RateLimitModule needs table: the name of a DynamoDB table.');
}
