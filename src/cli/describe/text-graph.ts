import type { ModuleDescription } from '../../contracts/application-description.js';

/** A tree from the root on; a module that several import is opened once. */
export function textGraph(modules: readonly ModuleDescription[]): string {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const opened = new Set<string>();
  const lines = (name: string, indent: string): string[] => {
    if (opened.has(name)) return [];
    opened.add(name);
    const { imports = [] } = byName.get(name) ?? {};
    return imports.flatMap((imported, index) => {
      const last = index === imports.length - 1;
      const line = `${indent}${last ? '└─' : '├─'} ${label(imported, byName, opened)}`;
      return [line, ...lines(imported, `${indent}${last ? '  ' : '│ '} `)];
    });
  };
  // The root imports all others, and so comes last.
  const root = modules.at(-1)!.name;
  return [root, ...lines(root, '')].join('\n');
}

function label(name: string, byName: ReadonlyMap<string, ModuleDescription>, opened: ReadonlySet<string>): string {
  const { global = false, imports = [] } = byName.get(name) ?? {};
  const seen = opened.has(name) && imports.length > 0;
  return `${name}${global ? ' (global)' : ''}${seen ? ' (see above)' : ''}`;
}
