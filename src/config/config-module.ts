import type { ValueStore } from '../aws/parameters/value-store.js';
import { AWS_USES } from '../contracts/aws-uses.js';
import { isStandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { builtInMetadata } from '../metadata/class-metadata.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import { type Constructor, isClass } from '../shared/types.js';
import { configMetadata } from './config-metadata.js';
import { loadConfig } from './load-config.js';
import { type RemoteStore, RemoteValues } from './remote-values.js';

/** Provides a class whose properties are read from environment variables, parameters and secrets. */
export class ConfigModule {
  /**
   * Makes a configuration injectable in every module, as an instance of its class. It is read and checked once, at
   * bootstrap. If anything is wrong, the bootstrap fails with a list of all mistakes.
   *
   * @param type A class with rules of class-validator, or one that extends `SchemaConfig(schema)`.
   * @throws BootstrapError for anything but a class.
   */
  static forRoot(type: Constructor<object>): DynamicModule {
    checkClass(type);
    let module = modules.get(type);
    // The same module wherever it is imported, so that a configuration is read once.
    if (!module) modules.set(type, (module = configModule(type)));
    return module;
  }
}
brand(ConfigModule, 'ConfigModule');
builtInMetadata(ConfigModule).module = {};

const modules = new WeakMap<Constructor, DynamicModule>();

function configModule(type: Constructor<object>): DynamicModule {
  const stores = remoteStores(type);
  const load = async (
    settings: Settings | undefined,
    ...given: (Pick<ValueStore, 'get'> | undefined)[]
  ): Promise<object> => {
    const known = stores.flatMap((store, index) => (given[index] ? [[store, given[index]] as const] : []));
    const values = new RemoteValues(new Map(known), settings);
    try {
      return await loadConfig(type, process.env, values);
    } finally {
      await values.close();
    }
  };
  const inject = [SETTINGS, ...stores.map(({ token }) => token)].map((token) => ({ token, optional: true }));
  return {
    module: ConfigModule,
    global: true,
    providers: [
      { provide: type, inject, useFactory: load },
      { provide: AWS_USES, useValue: [{ kind: 'configuration', type }] },
    ],
    exports: [type],
  };
}

/** Returns the stores that the properties of a class come from. */
function remoteStores(type: Constructor): RemoteStore[] {
  const all = [...configMetadata(type).properties.values()].flatMap(({ remote }) => (remote ? [remote.store] : []));
  return [...new Set(all)];
}

/** @throws BootstrapError for anything but a class. */
function checkClass(type: unknown): void {
  if (isStandardSchema(type)) {
    throw new BootstrapError(
      'ConfigModule was given a schema, which cannot be injected: write ' +
        'class ShopConfig extends SchemaConfig(schema) {}, and pass ShopConfig.',
    );
  }
  if (isClass(type)) return;
  throw new BootstrapError(
    `ConfigModule was given ${describeValue(type)}; it takes the class of a configuration. ` +
      'If it is one, its file is part of a circular import and has not been evaluated yet.',
  );
}
