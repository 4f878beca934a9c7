/** Returns ` Did you mean …?` for a typo, and an empty string when no candidate is similar. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearNames(name, candidates);
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
}

/**
 * Returns up to three candidates that `name` may be a typo of: the same letters in another case, one name within the
 * other, or two edits apart.
 */
function nearNames(name: string, candidates: Iterable<string>): string[] {
  const wanted = plain(name);
  const near = [...new Set(candidates)].filter((candidate) => isNear(wanted, plain(candidate)));
  return near.slice(0, 3);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d\x80-\uffff]/g, '');
}

function isNear(wanted: string, candidate: string): boolean {
  if (wanted.length < 3 || candidate.length < 3) return wanted === candidate;
  return wanted.includes(candidate) || candidate.includes(wanted) || editDistance(wanted, candidate) <= 2;
}

/** Returns the Levenshtein distance, computed row by row. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const above = row;
    row = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
