import { isBuiltin } from 'node:module';
import type { OutputChunk } from 'rolldown';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { importedNames, nameOf, partsOf, type Syntax } from '../syntax.js';

/** A statement that imports a package which is not in the bundle. */
export interface ExternalImport {
  readonly statement: Syntax;
  /** As in `"sharp"` and `"./data.json" with { type: "json" }`. */
  readonly from: string;
}

/**
 * The packages that a bundle leaves out. Its scripts get them from the handler's file, which imports them: `require`
 * may find other files of a package than `import`, and Lambda's Node 20 and 22 cannot require ES modules.
 */
export interface Externals {
  /** The packages that the files of the start import. */
  readonly early: readonly string[];
  /** The packages that only files on demand import. */
  readonly late: readonly string[];
  /** The packages of which the handler exports everything. */
  readonly exported: readonly string[];
}

/** Returns the imports of packages in a file. Node's own modules are required, which is faster. */
export function externalImports(code: string, module: Syntax, isOwn: (name: string) => boolean): ExternalImport[] {
  return partsOf(module).flatMap((statement) => {
    const name = nameOf(statement.source);
    if (name === undefined || isOwn(name) || isBuiltin(name)) return [];
    return [{ statement, from: code.slice(statement.source!.start, statement.end).replace(/;$/, '') }];
  });
}

/**
 * @param start The files that are loaded with the handler, which is the last of them.
 * @param importsOf Returns the imports of packages in a file.
 * @throws BootstrapError when another file than the handler exports all of a package.
 */
export function externalsOf(
  chunks: readonly OutputChunk[],
  start: readonly OutputChunk[],
  importsOf: (chunk: OutputChunk) => readonly ExternalImport[],
): Externals {
  const from = (files: readonly OutputChunk[], type: string) =>
    files.flatMap((file) => importsOf(file).flatMap((one) => (one.statement.type === type ? one.from : [])));
  const entry = start.slice(-1);
  refuseExports(
    from(
      chunks.filter((chunk) => !entry.includes(chunk)),
      'ExportAllDeclaration',
    ),
  );
  const early = new Set(from(start, 'ImportDeclaration'));
  const late = new Set(from(chunks, 'ImportDeclaration').filter((one) => !early.has(one)));
  return { early: [...early], late: [...late], exported: from(entry, 'ExportAllDeclaration') };
}

function refuseExports([from]: readonly string[]): void {
  if (from === undefined) return;
  throw new BootstrapError(
    `A module that is loaded on demand has "export * from" ${from}, a package that is left out of the bundle. With ` +
      'the option "codeCache", modules become scripts, which cannot do this. Name the exports, or leave out the ' +
      'option.',
  );
}

/** Returns `const { a: b } = externals[0];` for `import { a as b } from "package";`. */
export function takenFrom(externals: string, statement: Syntax): string {
  const names = importedNames(statement).map(([local, { name }]) =>
    name === '*' ? `const ${local} = ${externals};` : `const { ${JSON.stringify(name)}: ${local} } = ${externals};`,
  );
  return names.join('\n');
}
