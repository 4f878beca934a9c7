import type { AsyncOptions } from '../../contracts/async-options.js';
import { ownClassMetadata } from '../../metadata/class-record.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { storeModule } from '../store-module.js';
import { type IdempotencyOptions, IdempotencyStore, openIdempotencyStore } from './idempotency-store.js';

/** Provides the table in which `@Idempotent` stores keys and results, with Powertools. */
export class IdempotencyModule {
  static forRoot(options: IdempotencyOptions): DynamicModule {
    return IdempotencyModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link IdempotencyModule.forRoot}, for options that depend on other providers, such as a client. */
  static forRootAsync(options: AsyncOptions<IdempotencyOptions>): DynamicModule {
    return storeModule({ module: IdempotencyModule, store: IdempotencyStore, open: openIdempotencyStore }, options);
  }
}
brand(IdempotencyModule, 'IdempotencyModule');
ownClassMetadata(IdempotencyModule).module = {};
