import { ownClassMetadata } from '../metadata/class-metadata.js';
import { forgetPromises, type ModuleMetadata } from '../shared/module.js';

/** Declares a module: what it imports, its controllers and providers, and which of them importers may see. */
export function Module(metadata: ModuleMetadata = {}): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).module = metadata;
    forgetPromises(metadata);
  };
}

/** Makes the exports of a module visible everywhere, once it is imported anywhere. */
export function Global(): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).global = true;
  };
}
