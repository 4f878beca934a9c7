import type { AsyncOptions } from '../../contracts/async-options.js';
import type { TableUse } from '../../contracts/aws-uses.js';
import { isOptions } from '../../errors/option-names.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { storeModule } from '../store-module.js';
import { type IdempotencyOptions, IdempotencyStore, openIdempotencyStore } from './idempotency-store.js';

/** Provides the table in which `@Idempotent` stores keys and results, with Powertools. */
export class IdempotencyModule {
  static forRoot(options: IdempotencyOptions): DynamicModule {
    // Anything but options is refused when the store opens.
    return idempotencyModule({ useFactory: () => options }, isOptions(options) ? options : {});
  }

  /** Like {@link IdempotencyModule.forRoot}, for options that depend on other providers, such as a client. */
  static forRootAsync(options: AsyncOptions<IdempotencyOptions>): DynamicModule {
    return idempotencyModule(options);
  }
}
brand(IdempotencyModule, 'IdempotencyModule');
builtInMetadata(IdempotencyModule).module = {};

/** @param known The options, if they are known before the application starts. */
function idempotencyModule(
  options: AsyncOptions<IdempotencyOptions>,
  known: Partial<IdempotencyOptions> = {},
): DynamicModule {
  const uses = [tableUse(known)];
  return storeModule({ module: IdempotencyModule, store: IdempotencyStore, open: openIdempotencyStore, uses }, options);
}

function tableUse({ tableName, keyAttr = 'id', sortKeyAttr }: Partial<IdempotencyOptions>): TableUse {
  return { kind: 'table', purpose: 'idempotency', name: tableName || undefined, key: keyAttr, sortKey: sortKeyAttr };
}
