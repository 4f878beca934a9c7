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

type Statements = Omit<EmittedValue, 'imports'>;

/** Returns a function of the root module and the options of `create` that makes an application's plan. */
export function functionText(plan: Statements): string {
  return `(root, options) => ${bodyText(plan)}`;
}

/** Returns a function of a lazy module and of what is there before it that makes its plan. */
export function lazyFunctionText(plan: Statements): string {
  return `(root, { options, classes: decorated, running }) => ${bodyText(plan)}`;
}

function bodyText({ declarations, expression }: Statements): string {
  return `{\n${declarations.map((text) => `${text}\n`).join('')}return ${expression};\n}`;
}

/**
 * Makes an emitted value in this process, as a bundle would.
 *
 * @throws Error for an import that `namespaces` lacks.
 */
export function evaluated(emitted: EmittedValue, given: Given, namespaces: Namespaces): unknown {
  const imported = [...emitted.imports].flatMap(([module, names]) =>
    [...names].map(([name, local]) => [local, exportOf(module, name, namespaces)] as const),
  );
  const locals = imported.map(([local]) => local);
  const text = given.running ? lazyFunctionText(emitted) : functionText(emitted);
  // oxlint-disable-next-line no-new-func -- the text is our own
  const make = new Function(...locals, `'use strict'; return ${text};`) as (
    ...values: unknown[]
  ) => (root: unknown, given: unknown) => unknown;
  return make(...imported.map(([, value]) => value))(given.root, given.running ? given : given.options);
}

function exportOf(module: string, name: string, namespaces: Namespaces): unknown {
  const exports = namespaces.get(module);
  if (exports && name in exports) return exports[name];
  throw new Error(`The plan imports ${name} of ${module}, which has no such export`);
}
