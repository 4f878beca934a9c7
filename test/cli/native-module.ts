import type { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

/**
 * Loads an ES module, which Jest's own `require` can't on Node before 24.9, by that of Node: outside of the sandbox.
 */
export function nativeModule(name: string): object {
  const node = runInThisContext("process.getBuiltinModule('node:module')") as { createRequire: typeof createRequire };
  return node.createRequire(__filename)(name) as object;
}
