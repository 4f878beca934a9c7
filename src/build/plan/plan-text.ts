import { stringLiteral } from '../literals.js';
import type { EmittedValue } from './emit-value.js';
import type { Given, Namespaces } from './value-names.js';

/** The imports of an emitted value, as a map or as a list of entries. */
interface Importing {
  readonly imports: Iterable<readonly [module: string, names: Iterable<readonly [name: string, local: string]>]>;
}

/**
 * Returns the imports of an emitted value.
 *
 * @param pathOf Returns the path to import a file of the framework from.
 */
export function importsText({ imports }: Importing, pathOf: (module: string) => string): string {
  return [...imports]
    .map(([module, names]) => {
      const list = [...names].map(([name, local]) => (name === local ? name : `${name} as ${local}`));
      return `import { ${list.join(', ')} } from ${stringLiteral(pathOf(module))};\n`;
    })
    .join('');
}

/** Returns a function of the root module and the options of `create` that makes the value. */
export function functionText({ declarations, expression }: Omit<EmittedValue, 'imports'>): string {
  return `(root, options) => {\n${declarations.map((text) => `${text}\n`).join('')}return ${expression};\n}`;
}

/**
 * Makes an emitted value in this process, as a bundle would.
 *
 * @throws Error for an import that `namespaces` lacks.
 */
export function evaluated(
  emitted: EmittedValue,
  { root, options }: Omit<Given, 'classes'>,
  namespaces: Namespaces,
): unknown {
  const imported = [...emitted.imports].flatMap(([module, names]) =>
    [...names].map(([name, local]) => [local, exportOf(module, name, namespaces)] as const),
  );
  const locals = imported.map(([local]) => local);
  // oxlint-disable-next-line no-new-func -- the text is our own
  const make = new Function(...locals, `'use strict'; return ${functionText(emitted)};`) as (
    ...values: unknown[]
  ) => (root: unknown, options: unknown) => unknown;
  return make(...imported.map(([, value]) => value))(root, options);
}

function exportOf(module: string, name: string, namespaces: Namespaces): unknown {
  const exports = namespaces.get(module);
  if (exports && name in exports) return exports[name];
  throw new Error(`The plan imports ${name} of ${module}, which has no such export`);
}
