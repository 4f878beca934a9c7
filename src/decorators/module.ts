import { ownClassMetadata } from '../metadata/class-metadata.js';
import { forgetPromises, type ModuleMetadata } from '../shared/module.js';

/** Declares a module: its imports, controllers and providers, and the exports that importing modules can use. */
export function Module(metadata: ModuleMetadata = {}): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).module = metadata;
    forgetPromises(metadata);
  };
}

/** Makes the exports of a module visible in all modules, once any module imports it. */
export function Global(): ClassDecorator {
  return (target) => {
    ownClassMetadata(target).global = true;
  };
}
