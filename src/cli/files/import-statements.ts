/** An import, or what is exported again. */
export interface ImportStatement {
  /** The text in front of the specifier, such as `import { Module } from`. */
  readonly clause: string;
  readonly from: string;
}

/** Returns what a source imports and exports again, types included. */
export function importsIn(text: string): ImportStatement[] {
  const statements = text.split(/^(?=import\b|export\b)/m);
  return statements.flatMap((statement) => {
    const [clause = '', from] = statement.split(/["']/, 2);
    return isClause(clause.trim()) && from !== undefined ? [{ clause, from }] : [];
  });
}

/** Whether the text in front of a quote is that of an import. */
function isClause(text: string): boolean {
  if (text === 'import') return true;
  return /^(?:import|export)\b/.test(text) && /\bfrom$/.test(text) && !/[(=;]/.test(text);
}
