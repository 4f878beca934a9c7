import { readFileSync } from 'node:fs';
import type { Paint } from './paint.js';
import type { SourcePlace } from './stack-frame.js';

/** Lines that are shown before a place, and after it. */
const AROUND = 3;

/** The lines around a place in a source, with that place marked; nothing for a source that is not there. */
export function codeFrame({ file, line, column }: Omit<SourcePlace, 'written'>, paint: Paint): string[] {
  const lines = linesOf(file);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  const shown = lines.slice(first - 1, line + AROUND);
  const width = String(first + shown.length - 1).length;
  return shown.flatMap((text, index) => {
    const number = String(first + index).padStart(width);
    if (first + index !== line) return [paint('dim', `  ${number} | ${text}`.trimEnd())];
    const indent = text.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
    return [`${paint('red', '>')} ${number} | ${text}`, paint('red', `  ${' '.repeat(width)} | ${indent}^`)];
  });
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
