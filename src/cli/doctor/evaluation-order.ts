import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importsIn } from '../files/import-statements.js';
import { isFile } from '../files/paths.js';

/** A class, a decorator or an import that is met while modules are evaluated, in this order. */
export interface Evaluated {
  readonly kind: 'package' | 'source';
  /** The specifier of a package, or the path of a source. */
  readonly name: string;
  readonly text: string;
}

/** Follows the static imports of a source, and returns packages and sources in the order of their evaluation. */
export function evaluationOf(entry: string): Evaluated[] {
  const seen = new Set<string>();
  const visit = (path: string): Evaluated[] => {
    if (seen.has(path)) return [];
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    const imported = specifiersOf(text).flatMap((specifier): Evaluated[] => {
      if (!specifier.startsWith('.')) return [{ kind: 'package', name: specifier, text: '' }];
      const source = sourceAt(join(dirname(path), specifier));
      return source === undefined ? [] : visit(source);
    });
    return [...imported, { kind: 'source', name: path, text }];
  };
  return visit(entry);
}

/** Returns what is imported, or exported again, and remains at run time. */
function specifiersOf(text: string): string[] {
  return importsIn(text).flatMap(({ clause, from }) => (/^(?:import|export) type\b/.test(clause) ? [] : [from]));
}

/** Finds the TypeScript that an import leads to: `./a.js`, `./a` or `./a/index`. */
export function sourceAt(path: string): string | undefined {
  const bare = path.replace(/\.[mc]?js$/, '');
  return [path, `${bare}.ts`, `${bare}.mts`, `${bare}.cts`, join(path, 'index.ts')].find((file) =>
    /\.[mc]?ts$/.test(file) ? isFile(file) : false,
  );
}
