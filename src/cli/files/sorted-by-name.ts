/** Sorts a list of packages as package managers do, so that their first edit moves no line. */
export function sortedByName(ranges: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(ranges).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
